/** Proof trees, checked. */
@NullMarked
package dev.crease.verifier.tree;

import org.jspecify.annotations.NullMarked;
