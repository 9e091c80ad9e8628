/**
 * Answers by mixed-integer programs, on any backend: one way to ask a class.
 *
 * <p>What is trusted, for results of assurance {@code SOLVER}: that the solver's dual bounds and
 * its infeasibility proofs hold to the tolerances that the result names. Witnesses, bounds on
 * neurons and the radius of a witness do not depend on the solver.
 */
@NullMarked
package dev.crease.mip;

import org.jspecify.annotations.NullMarked;
