/**
 * The exact engine: it cuts the input space into the linear regions of a network and answers by
 * geometry on them, in rational arithmetic wherever rounding could matter.
 *
 * <p>The data flow one way. {@link dev.crease.engine.regions.Subdivision} cuts a window neuron by
 * neuron into {@link dev.crease.engine.regions.Cell convex cells}, nearest to the centre first;
 * what is left when every neuron is decided is a {@link dev.crease.engine.regions.Leaf}, on which
 * the networks are affine. {@link dev.crease.engine.regions.PairProblem} finds the nearest
 * collision between two leaves by an exact {@link dev.crease.engine.regions.LinearProgram}; {@link
 * dev.crease.engine.regions.RadiusSearch} says which pairs need to be asked.
 *
 * <p>Robustness. A network is read as the real function that its doubles define. The only question
 * that shapes a cell is the sign of a neuron at a vertex. It is answered in two stages: in doubles
 * with an error bound that is derived where it is computed, and where the bound does not exclude
 * zero, in integers: rows of local maps are dyadic, vertices are intersections of such hyperplanes.
 * Zero is an answer of its own, so cells are right combinatorially, degenerate or not.
 */
@NullMarked
package dev.crease.engine.regions;

import org.jspecify.annotations.NullMarked;
