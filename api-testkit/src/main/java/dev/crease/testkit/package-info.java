/**
 * What every solver backend must do, as tests that a backend inherits.
 *
 * <p>A backend's tests subclass {@link dev.crease.testkit.MipSolverContract} in one line per
 * backend. Where backends may differ, the contract asks the {@linkplain
 * dev.crease.solver.Capabilities capabilities}: what is not claimed must be refused, or is skipped
 * with the reason.
 */
@NullMarked
package dev.crease.testkit;

import org.jspecify.annotations.NullMarked;
