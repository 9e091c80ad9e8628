/**
 * Questions about invertibility, ways to answer them, and answers with their evidence.
 *
 * <p>A {@link dev.crease.certify.Query} asks how far from a centre one network's output is
 * determined by another's (Cui et al., Certified Invertibility in Neural Networks via Mixed-Integer
 * Programming, L4DC 2023: local invertibility, pseudo-invertibility, transformation between
 * networks). A {@link dev.crease.certify.Certifier} answers with a {@link
 * dev.crease.certify.RadiusResult}: a bracket {@code [certified, refuted]}. The lower end comes
 * only from a proof, the upper end only from a witness that was replayed through the network.
 *
 * <p>What is trusted, for results of assurance {@code SOLVER}: that the solver's dual bounds and
 * its infeasibility proofs hold to the tolerances that the result names. Witnesses, bounds on
 * neurons and the radius of a witness do not depend on the solver.
 */
@NullMarked
package dev.crease.certify;

import org.jspecify.annotations.NullMarked;
