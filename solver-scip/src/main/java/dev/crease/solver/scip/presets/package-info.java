/** What JavaCPP needs to know to generate the bindings to SCIP. */
@NullMarked
package dev.crease.solver.scip.presets;

import org.jspecify.annotations.NullMarked;
