/**
 * Draws the linear regions of a network with two inputs, and what was certified about it, as SVG or
 * PNG.
 */
@NullMarked
package dev.crease.plots;

import org.jspecify.annotations.NullMarked;
