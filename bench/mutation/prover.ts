/** All tests of the prover as one suite: a mutant is tried in a second or two, and to load a suite takes longer than most of its tests. */
import "../../policy-pack/prover/golden.test";
import "../../policy-pack/prover/solve.test";
import "../../policy-pack/prover/language/matcher.test";
import "../../policy-pack/prover/language/walk.test";
import "../../policy-pack/prover/language/within.test";
import "../../policy-pack/prover/prove.test";
