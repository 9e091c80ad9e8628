/**
 * The backend {@code gurobi}, on Gurobi's Java API: for those who have a licence.
 *
 * <p>Gurobi's jar is optional at run time. Only {@link dev.crease.solver.gurobi.GurobiLicence},
 * {@link dev.crease.solver.gurobi.GurobiEnvironment}, {@link dev.crease.solver.gurobi.GurobiSolve},
 * {@link dev.crease.solver.gurobi.GurobiSink} and {@link dev.crease.solver.gurobi.GurobiCallback}
 * mention its types, and {@link dev.crease.solver.gurobi.GurobiSolver} touches them only after it
 * has found the jar. Everything else here, the translation of models and the reading of answers
 * included, is plain Java that is tested without a licence.
 *
 * <p>What Gurobi does to a model on its own account: a bound or side of 1e20 or more counts as
 * infinite, and a coefficient below 1e-13 as zero.
 */
@NullMarked
package dev.crease.solver.gurobi;

import org.jspecify.annotations.NullMarked;
