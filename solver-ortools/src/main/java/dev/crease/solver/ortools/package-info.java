/**
 * Backends on the solvers that Google OR-Tools carries: {@code ortools-highs}, {@code
 * ortools-scip}, {@code ortools-cp-sat}, {@code ortools-cbc}, {@code ortools-glop}.
 *
 * <p>Each goes the way that serves it best. HiGHS is called through its own C interface in
 * OR-Tools' native library, because OR-Tools reports the objective in place of HiGHS's dual bound
 * and cannot interrupt it; SCIP through OR-Tools' model request, which takes every constraint kind;
 * CP-SAT and GLOP through its model builder, which can interrupt them; CBC through the classic
 * solver wrapper, which gives its bound and nodes.
 */
@NullMarked
package dev.crease.solver.ortools;

import org.jspecify.annotations.NullMarked;
