/** Proofs by intervals on boxes of inputs, and on pairs of them, without a solver. */
@NullMarked
package dev.crease.boxes;

import org.jspecify.annotations.NullMarked;
