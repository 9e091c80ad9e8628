/**
 * Writes proof trees as proofs that others check. {@code Vipr} writes the steps of a tree, each
 * when it has held, as lines of a proof in the format VIPR about a mixed-integer program ({@code
 * ViprProblem}), without any rounding ({@code ViprProofs}). Directions become homogeneous: {@code l
 * t <= z - z' <= u t} for {@code l <= dz <= u}. Nothing is to be trusted of this: each line is
 * checked when it is written, and by whoever reads the file.
 *
 * <p>Why each line follows: the multipliers of the layers' rows are the coefficients that {@code
 * Proofs} takes on, doubles. Where the true coefficient is {@code c + e}, the {@code e v} that is
 * left of a {@code v} in {@code [l, u]} is at least {@code -|e| max(-l, u)}, which was charged. So
 * the sum proves the bound that {@code Proofs} found; a line of which that is not so is not
 * written.
 */
@NullMarked
package dev.crease.verifier.vipr;

import org.jspecify.annotations.NullMarked;
