/** How the page looks, in light and dark. */
export const style = `
:root{color-scheme:light dark;--line:#8883;--soft:#8881;--logged:#2e7d32;--excluded:#78909c;--observed:#ef9a1a;--failing:#c62828;--unheard:#6a3fb5}
@media(prefers-color-scheme:dark){:root{--logged:#66bb6a;--excluded:#90a4ae;--observed:#ffb74d;--failing:#ef5350;--unheard:#b39ddb}}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:78rem;padding:0 1.2rem}
header{display:flex;flex-wrap:wrap;gap:0 1.4rem;align-items:center;margin-bottom:.8rem}
.number{font-size:3.6rem;font-weight:700;line-height:1.1;letter-spacing:-.02em;white-space:nowrap}
h1{font-size:1.35rem;margin:0} header p{margin:.1rem 0;opacity:.75} h2{font-size:1.1rem;margin:2.2rem 0 .5rem}
.bar{display:flex;height:.7rem;border-radius:.35rem;overflow:hidden;background:var(--soft);min-width:6rem;gap:1px}
.bar i{flex-basis:3px;flex-shrink:0} body>.bar{height:1.1rem;border-radius:.55rem}
i.logged{background:var(--logged)} i.excluded{background:var(--excluded)} i.observed{background:var(--observed)} i.failing{background:var(--failing)}
i.silent,i.never-seen{background:var(--unheard)}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1.1rem 0}
.tile{border:1px solid var(--line);border-radius:.5rem;padding:.4rem .9rem;min-width:6.5rem;opacity:.85}
.tile b{display:block;font-size:1.45rem;line-height:1.3;font-variant-numeric:tabular-nums}
.tile.logged b{color:var(--logged)} .tile.failing b{color:var(--failing)} .tile.observed b{color:var(--observed)} .tile.excluded b{color:var(--excluded)} .tile.silent b,.tile.never-seen b{color:var(--unheard)}
.caveat{border-left:3px solid var(--unheard);padding:.15rem .7rem;margin:.5rem 0;background:var(--soft)}
.grid{overflow-x:auto} table{border-collapse:collapse;width:100%;font-size:.87rem}
th,td{text-align:left;padding:.28rem .6rem;border-bottom:1px solid var(--line);vertical-align:top} th{font-weight:600;opacity:.75;white-space:nowrap}
td{overflow-wrap:anywhere;vertical-align:middle} .right{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap} .none{opacity:.35}
.list td:nth-child(-n+3),.list td:last-child{white-space:nowrap} details{margin:.4rem 0;border:1px solid var(--line);border-radius:.5rem;padding:.35rem .8rem} summary{cursor:pointer}
summary span{opacity:.7;margin-left:.5rem} .dot{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;margin:0 .5rem 0 .1rem}
svg{width:100%;height:auto;display:block} svg text{font:11px system-ui,sans-serif;fill:currentColor;opacity:.7}
.note,footer{opacity:.75;font-size:.87rem} footer{margin:2.5rem 0 1rem;border-top:1px solid var(--line);padding-top:.7rem}`;
