/**
 * The service-provider interface that a solver backend implements, and how a backend is found and
 * chosen.
 *
 * <p>A backend jar contributes a {@link dev.crease.solver.SolverModule} through {@link
 * java.util.ServiceLoader}'s files; {@link dev.crease.solver.SolverRegistry} collects what the
 * modules bind and selects by id. A solver is asked for its {@linkplain
 * dev.crease.solver.Availability availability} and {@linkplain dev.crease.solver.Capabilities
 * capabilities}; neither is discovered by catching exceptions. Decorators stack in this order,
 * outermost first: one that keeps failures to the solver, {@link dev.crease.solver.CheckedSolver}
 * (does the answer hold water?), {@link dev.crease.solver.BridgedSolver} (what the backend lacks,
 * rewritten), {@link dev.crease.solver.WatchdogSolver} (does it come back in time?), {@link
 * dev.crease.solver.ConfiguredSolver} (what the configuration has for it alone), and around every
 * backend that the registry finds one that turns what it throws, when asked whether it can run,
 * into "unavailable".
 */
@NullMarked
package dev.crease.solver;

import org.jspecify.annotations.NullMarked;
