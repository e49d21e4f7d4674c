/** Numbers tuples of integers of one width in the order in which they are met, in a few flat arrays. */
export class Tuples {
  size = 0;
  private data: Int32Array;
  /** Open addressing: number + 1, 0 where free. */
  private slots = new Int32Array(64);

  constructor(readonly width: number) {
    this.data = new Int32Array(32 * width);
  }

  /** The tuple's number; that it is new shows in `size`. */
  number(tuple: Int32Array): number {
    if (2 * (this.size + 1) > this.slots.length) this.grow();
    let slot = this.slotOf(tuple, 0);
    for (; this.slots[slot] !== 0; slot = (slot + 1) & (this.slots.length - 1)) {
      const known = this.slots[slot]! - 1;
      if (this.equals(known, tuple)) return known;
    }
    this.data.set(tuple, this.size * this.width);
    this.slots[slot] = ++this.size;
    return this.size - 1;
  }

  at(number: number, index: number): number {
    return this.data[number * this.width + index]!;
  }

  private equals(number: number, tuple: Int32Array): boolean {
    const from = number * this.width;
    for (let index = 0; index < this.width; index++) if (this.data[from + index] !== tuple[index]) return false;
    return true;
  }

  private slotOf(values: Int32Array, from: number): number {
    let hash = 0;
    for (let index = 0; index < this.width; index++) {
      hash = Math.imul(hash ^ values[from + index]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash & (this.slots.length - 1);
  }

  private grow(): void {
    const data = new Int32Array(this.data.length * 2);
    data.set(this.data);
    this.data = data;
    this.slots = new Int32Array(this.slots.length * 2);
    for (let number = 0; number < this.size; number++) {
      let slot = this.slotOf(this.data, number * this.width);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = number + 1;
    }
  }
}
