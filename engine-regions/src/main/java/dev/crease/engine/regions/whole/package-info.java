/**
 * The whole space: every linear region of a network, unbounded ones too, and whether the map is
 * one-to-one on all of {@code R^m}.
 *
 * <p>{@link dev.crease.engine.regions.whole.Enumeration} walks the activation patterns depth first;
 * a {@link dev.crease.engine.regions.whole.Cone} is what a pattern so far leaves of the space, in
 * homogeneous coordinates, where what is far away is no different from what is near. All of it is
 * in integers.
 */
@NullMarked
package dev.crease.engine.regions.whole;

import org.jspecify.annotations.NullMarked;
