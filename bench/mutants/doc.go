// Package mutants judges the tests: each mutant is one line of the relay made
// wrong, and a named test that must notice. It holds no code of its own but
// tests, which run with
//
//	go test -tags mutants ./bench/mutants
//
// The tree is never changed: mutants are compiled with go's -overlay, all of
// them into one program for each package whose tests are named, which takes one
// of them by the environment (see weave). A mutant fails if its test passes, if
// it does not compile, or if the line that it changes is not found exactly once
// any more; then the table is to be mended, or the test.
package mutants
