/**
 * The service-provider interface that a solver backend implements.
 *
 * <p>A backend jar contributes a {@link dev.crease.solver.SolverModule} through {@link
 * java.util.ServiceLoader}'s files; {@link dev.crease.solver.registry} collects what the modules
 * bind and selects by id. A solver is asked for its {@linkplain dev.crease.solver.Availability
 * availability} and {@linkplain dev.crease.solver.Capabilities capabilities}; neither is discovered
 * by catching exceptions.
 */
@NullMarked
package dev.crease.solver;

import org.jspecify.annotations.NullMarked;
