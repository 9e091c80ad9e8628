/**
 * A mixed-integer model as a plain value: variables, constraints, an objective. It knows no solver;
 * a backend reads it in one pass over {@link dev.crease.model.Model#variables()} and {@link
 * dev.crease.model.Model#constraints()}.
 */
@NullMarked
package dev.crease.model;

import org.jspecify.annotations.NullMarked;
