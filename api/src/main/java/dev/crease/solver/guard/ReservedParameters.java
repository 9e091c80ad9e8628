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

  /** One word: no separator, no line end, nothing that a library would read as an end. */
  private static final Pattern NAME = Pattern.compile("\\w+([/.-]\\w+)*");

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
   * Refuses what is reserved, and names that some library would read as another's: one that takes
   * all parameters as one text, or that ends a name at a character of its own.
   *
   * @throws BadInput if one of the names is reserved or no single word; the message names it
   */
  public void refuse(Collection<String> given) {
    given.forEach(
        name -> {
          if (names.matcher(name).matches()) {
            throw new BadInput(
                solver
                    + " parameter "
                    + name
                    + " is reserved: it can change what an answer proves; tolerances and gaps are"
                    + " crease.tolerance.*");
          }
          if (!NAME.matcher(name).matches()) {
            throw new BadInput(
                solver
                    + " has no parameter '"
                    + name.replaceAll("\\p{Cntrl}", " ")
                    + "': a name is one word");
          }
        });
  }
}
