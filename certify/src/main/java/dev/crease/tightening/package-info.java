/**
 * Bounds on neurons that take a solver to find: linear and mixed-integer programs over what is
 * already known of a network. What a linear program gives is checked from its multipliers, with
 * outward rounding; no tolerance of a solver enters.
 */
@NullMarked
package dev.crease.tightening;

import org.jspecify.annotations.NullMarked;
