/** How backends are found on the class path and chosen by id. */
@NullMarked
package dev.crease.solver.registry;

import org.jspecify.annotations.NullMarked;
