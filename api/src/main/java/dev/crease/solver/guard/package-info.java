/**
 * Decorators of a solver that do not trust it. They stack in this order, outermost first: {@link
 * dev.crease.solver.guard.ContainedSolver} (keeps failures to the solver), {@link
 * dev.crease.solver.guard.CheckedSolver} (does the answer hold water?), {@link
 * dev.crease.solver.bridge.BridgedSolver} (what the backend lacks, rewritten), {@link
 * dev.crease.solver.guard.WatchdogSolver} (does it come back in time?), {@link
 * dev.crease.solver.guard.ConfiguredSolver} (what the configuration has for it alone), and around
 * every backend that the registry finds {@link dev.crease.solver.guard.LinkedSolver}, which turns
 * what it throws, when asked whether it can run, into "unavailable".
 */
@NullMarked
package dev.crease.solver.guard;

import org.jspecify.annotations.NullMarked;
