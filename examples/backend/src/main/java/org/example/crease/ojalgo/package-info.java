/**
 * A Crease backend on ojAlgo's simplex codes, as an example of how to write a backend.
 *
 * <p>{@link org.example.crease.ojalgo.OjalgoModule} contributes it. {@code OjalgoSolver} is what
 * Crease talks to and {@code Program} is what talks to ojAlgo; {@code Relaxation}, {@code
 * DualProof} and {@code Elastic} keep of ojAlgo's answers what can be proved; {@code
 * BranchAndBound} makes integers of it.
 *
 * <p>ojAlgo has a branch and bound of its own, which is not used: it takes every node whose linear
 * program did not end well, be it for time or for rounding, for infeasible, and so would claim
 * optima and infeasibility that nobody proved.
 */
package org.example.crease.ojalgo;
