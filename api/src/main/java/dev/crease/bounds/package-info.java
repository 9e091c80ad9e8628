/**
 * Bounds on what each neuron of a network can be over a set of inputs, computed with outward
 * rounding: they hold for the exact real network, not only for its floating-point evaluation.
 */
@NullMarked
package dev.crease.bounds;

import org.jspecify.annotations.NullMarked;
