/**
 * The walk from fold to fold, by which a near collision is looked for before anything is proved.
 * What it finds is replayed; what it does not find proves nothing.
 */
@NullMarked
package dev.crease.tree.walk;

import org.jspecify.annotations.NullMarked;
