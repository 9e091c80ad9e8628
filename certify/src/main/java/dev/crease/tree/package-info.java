/**
 * Proof trees: branch and bound on the differences of two points, whose every bound is a proof that
 * is checked outside the solver that suggested it.
 */
@NullMarked
package dev.crease.tree;

import org.jspecify.annotations.NullMarked;
