/**
 * Checks trees of proofs that a ball holds no collision, while they are read: {@code docs/trees.md}
 * says what they are. {@code TreeCheck} walks through the file; what a proof proves is in {@link
 * dev.crease.verifier.proof}.
 */
@NullMarked
package dev.crease.verifier.tree;

import org.jspecify.annotations.NullMarked;
