package dev.crease.solver.guard;

import dev.crease.BadInput;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The parameters of a backend that a user may not set, because with them the solver's answer would
 * be about another model or another tolerance than Crease says: what drops coefficients, cuts
 * bounds off, stops at an objective, or is told by Crease already.
 */
public final class ReservedParameters {

  private final String solver;
  private final Pattern names;

  /**
   * The reserved parameters of a backend.
   *
   * @param solver its name, for messages
   * @param names a regular expression that their whole names match
   */
  public ReservedParameters(String solver, String names) {
    this.solver = solver;
    this.names = Pattern.compile(names);
  }

  /**
   * Refuses what is reserved.
   *
   * @throws BadInput if one of the names is; the message names it
   */
  public void refuse(Collection<String> given) {
    for (String name : given) {
      if (names.matcher(name).matches()) {
        throw new BadInput(
            solver
                + " parameter "
                + name
                + " is reserved: it can change what an answer proves; tolerances and gaps are"
                + " crease.tolerance.*");
      }
    }
  }
}
