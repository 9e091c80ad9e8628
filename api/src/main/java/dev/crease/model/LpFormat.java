package dev.crease.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a model as text in the LP file format (CPLEX dialect, which SCIP, HiGHS and Gurobi read),
 * for looking at it and for handing it to another program.
 */
public final class LpFormat {

  private final Model model;
  private final String[] names;

  private LpFormat(Model model) {
    this.model = model;
    this.names = names(model);
  }

  /** The model as LP text. Names that the format does not allow, or repeated ones, are replaced. */
  public static String write(Model model) {
    return new LpFormat(model).write();
  }

  private static String[] names(Model model) {
    Set<String> used = new HashSet<>();
    String[] names = new String[model.variables().size()];
    for (Variable v : model.variables()) {
      String name = v.name();
      // A leading e would read as an exponent, and "free", "binary" and the like are keywords.
      boolean plain = name.matches("[A-DF-Za-df-z_][A-Za-z0-9_.]{0,200}") && !isKeyword(name);
      names[v.index()] = plain && used.add(name) ? name : "x#" + v.index();
    }
    return names;
  }

  private static boolean isKeyword(String name) {
    return name.toLowerCase(Locale.ROOT)
        .matches(
            "free|bin|binary|binaries|gen|general|generals|int|integer|integers|bound|bounds|st"
                + "|inf|infinity|sos|max|min|maximi[sz]e|minimi[sz]e|maximum|minimum|semi.*|s\\.t\\.");
  }

  private String write() {
    StringBuilder out = new StringBuilder();
    out.append("\\ ").append(model.name().replaceAll("\\R", " ")).append('\n');
    out.append(model.objective().isMinimize() ? "Minimize\n" : "Maximize\n").append(" obj:");
    QuadraticExpression objective = model.objective().expression();
    linear(out, objective.linear());
    // The format halves the quadratic part of an objective, not of a constraint.
    quadratic(out, objective.terms(), 2, " / 2");
    out.append(' ').append(signed(objective.linear().constant())).append('\n');
    out.append("Subject To\n");
    int row = 0;
    for (Constraint constraint : model.constraints()) {
      row++;
      String number = String.valueOf(row);
      constraint.visit(
          c -> linear(out, "c" + number, "", c),
          c -> {
            String indicator = names[c.indicator().index()];
            String when = indicator + " = " + (c.activeValue() ? 1 : 0) + " -> ";
            linear(out, "i" + number, when, c.implied());
          },
          // Sets have a section of their own.
          c -> {},
          c -> {
            QuadraticExpression e = c.expression();
            rows(out, "q" + number, "", e.linear(), e.terms(), c.lower(), c.upper());
          });
    }
    bounds(out);
    section(out, "Generals", VariableType.INTEGER);
    section(out, "Binaries", VariableType.BINARY);
    sets(out);
    return out.append("End\n").toString();
  }

  private void linear(StringBuilder out, String label, String when, LinearConstraint c) {
    rows(out, label, when, c.expression(), List.of(), c.lower(), c.upper());
  }

  private void rows(
      StringBuilder out,
      String label,
      String when,
      LinearExpression expression,
      List<QuadraticExpression.Term> terms,
      double lower,
      double upper) {
    if (lower == upper) {
      row(out, label, when, expression, terms, " = ", lower);
      return;
    }
    if (lower != Double.NEGATIVE_INFINITY) {
      row(out, label + "_lo", when, expression, terms, " >= ", lower);
    }
    if (upper != Double.POSITIVE_INFINITY) {
      row(out, label + "_up", when, expression, terms, " <= ", upper);
    }
  }

  private void row(
      StringBuilder out,
      String label,
      String when,
      LinearExpression expression,
      List<QuadraticExpression.Term> terms,
      String relation,
      double side) {
    out.append(' ').append(label).append(": ").append(when);
    if (expression.isConstant() && terms.isEmpty()) {
      if (names.length == 0) {
        out.append(" 0");
      } else {
        out.append(" 0 ").append(names[0]);
      }
    }
    linear(out, expression);
    quadratic(out, terms, 1, "");
    out.append(relation).append(number(side)).append('\n');
  }

  private void linear(StringBuilder out, LinearExpression expression) {
    for (int k = 0; k < expression.size(); k++) {
      out.append(' ')
          .append(signed(expression.coefficient(k)))
          .append(' ')
          .append(names[expression.variable(k)]);
    }
  }

  private void quadratic(
      StringBuilder out, List<QuadraticExpression.Term> terms, double factor, String after) {
    if (terms.isEmpty()) {
      return;
    }
    out.append(" + [");
    for (QuadraticExpression.Term term : terms) {
      out.append(' ').append(signed(factor * term.coefficient())).append(' ');
      if (term.first() == term.second()) {
        out.append(names[term.first()]).append(" ^ 2");
      } else {
        out.append(names[term.first()]).append(" * ").append(names[term.second()]);
      }
    }
    out.append(" ]").append(after);
  }

  private void bounds(StringBuilder out) {
    out.append("Bounds\n");
    for (Variable v : model.variables()) {
      out.append(' ')
          .append(number(v.lower()))
          .append(" <= ")
          .append(names[v.index()])
          .append(" <= ")
          .append(number(v.upper()))
          .append('\n');
    }
  }

  private void section(StringBuilder out, String title, VariableType type) {
    boolean any = false;
    for (Variable v : model.variables()) {
      if (v.type() == type) {
        out.append(any ? " " : title + "\n ").append(names[v.index()]);
        any = true;
      }
    }
    out.append(any ? "\n" : "");
  }

  private void sets(StringBuilder out) {
    boolean any = false;
    int set = 0;
    for (Constraint constraint : model.constraints()) {
      if (constraint instanceof Sos1Constraint c) {
        out.append(any ? "" : "SOS\n").append(" s").append(++set).append(": S1::");
        any = true;
        int weight = 0;
        for (Variable v : c.variables()) {
          out.append(' ').append(names[v.index()]).append(':').append(++weight);
        }
        out.append('\n');
      }
    }
  }

  private static String signed(double value) {
    return (value < 0 ? "- " : "+ ") + number(Math.abs(value));
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+inf" : "-inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value).replace('E', 'e');
  }
}
