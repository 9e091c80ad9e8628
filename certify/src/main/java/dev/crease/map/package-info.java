/**
 * Maps from outputs to what they tell: the inverse of a network on a ball on which it is proved
 * one-to-one, and the calibration of one network to another on a ball on which it is proved that
 * there is one.
 */
@NullMarked
package dev.crease.map;

import org.jspecify.annotations.NullMarked;
