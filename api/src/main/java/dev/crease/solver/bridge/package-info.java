/**
 * What a backend lacks, rewritten into what it has: indicator constraints and SOS1 as big-M rows.
 */
@NullMarked
package dev.crease.solver.bridge;

import org.jspecify.annotations.NullMarked;
