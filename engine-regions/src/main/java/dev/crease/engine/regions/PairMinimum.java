package dev.crease.engine.regions;

import dev.crease.witness.ExactCollision;
import org.hipparchus.fraction.BigFraction;

/**
 * How near the collisions between two leaves come to the centre.
 *
 * @param lower a bound on their distance, for the norm 2 on its square, from below
 * @param upper the same from above
 * @param collision collisions that come as near as {@code upper}
 */
record PairMinimum(BigFraction lower, BigFraction upper, ExactCollision collision) {}
