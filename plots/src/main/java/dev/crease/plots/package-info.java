/**
 * Draws the linear regions of a network with two inputs, what was certified about it, and maps of
 * radii over many centres, as SVG or PNG.
 */
@NullMarked
package dev.crease.plots;

import org.jspecify.annotations.NullMarked;
