/**
 * The backend {@code scip}: SCIP's own C interface, bound with JavaCPP.
 *
 * <p>{@link dev.crease.solver.scip.ScipModule} contributes it. {@code dev.crease.solver.scip.jni}
 * is generated from {@code src/main/native/crease_scip.h} as the preset in {@code
 * dev.crease.solver.scip.presets} says; nothing outside this module sees either.
 */
@NullMarked
package dev.crease.solver.scip;

import org.jspecify.annotations.NullMarked;
