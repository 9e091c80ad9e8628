/**
 * Collisions: two points with one output, looked for by Newton's method, replayed through the
 * network, and made exact in rational arithmetic where that can be done; and what the linear region
 * of the centre tells.
 */
@NullMarked
package dev.crease.witness;

import org.jspecify.annotations.NullMarked;
