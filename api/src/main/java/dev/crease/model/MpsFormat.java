package dev.crease.model;

import dev.crease.Unsupported;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a model as text in the free MPS file format, which every solver reads. It is for linear
 * models, integer or not: readers do not agree on how other kinds are written; {@link LpFormat} has
 * those. A row with two finite sides is written as two rows, since the format's ranges are
 * differences, which would round.
 */
public final class MpsFormat {

  private static final String OBJECTIVE = "obj";

  /** A row of the file: one relation and one side. */
  private record Row(String name, char kind, LinearExpression expression, double side) {}

  private final Model model;
  private final List<Row> rows = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private MpsFormat(Model model) {
    this.model = model;
  }

  /**
   * The model as MPS text; variables are called {@code x0}, {@code x1} and so on, by index, and
   * comments have their names.
   *
   * @throws Unsupported if an objective or a constraint is not linear
   */
  public static String write(Model model) {
    return new MpsFormat(model).write();
  }

  private String write() {
    if (!model.objective().expression().isLinear()) {
      throw notLinear("the objective");
    }
    for (Constraint constraint : model.constraints()) {
      rows(
          constraint.<LinearConstraint, Unsupported>fold(
              c -> c,
              c -> {
                throw notLinear(c.name());
              },
              c -> {
                throw notLinear(c.name());
              },
              c -> {
                throw notLinear(c.name());
              }));
    }
    out.append("* ").append(model.name().replaceAll("\\R", " ")).append('\n');
    for (Variable v : model.variables()) {
      out.append("* ").append(name(v)).append(" is ").append(v.name()).append('\n');
    }
    out.append("NAME crease\n");
    if (!model.objective().isMinimize()) {
      out.append("OBJSENSE\n    MAX\n");
    }
    out.append("ROWS\n N ").append(OBJECTIVE).append('\n');
    rows.forEach(r -> out.append(' ').append(r.kind()).append(' ').append(r.name()).append('\n'));
    columns();
    sides();
    bounds();
    return out.append("ENDATA\n").toString();
  }

  private static Unsupported notLinear(String what) {
    return new Unsupported(
        "MPS is written for linear models only, and "
            + what
            + " is not linear; write LP, or choose encoding big-m and norm 1 or inf");
  }

  private void rows(LinearConstraint c) {
    String name = "c" + rows.size();
    if (c.lower() == c.upper()) {
      rows.add(new Row(name, 'E', c.expression(), c.lower()));
      return;
    }
    if (c.lower() != Double.NEGATIVE_INFINITY) {
      rows.add(new Row(name + "lo", 'G', c.expression(), c.lower()));
    }
    if (c.upper() != Double.POSITIVE_INFINITY) {
      rows.add(new Row(name + "up", 'L', c.expression(), c.upper()));
    }
  }

  private static String name(Variable v) {
    return "x" + v.index();
  }

  private void columns() {
    List<StringBuilder> columns = new ArrayList<>();
    for (Variable v : model.variables()) {
      // A column without an entry would not be declared.
      columns.add(new StringBuilder().append("    ").append(name(v)).append(" obj 0\n"));
    }
    LinearExpression objective = model.objective().expression().linear();
    for (int k = 0; k < objective.size(); k++) {
      columns.get(objective.variable(k)).setLength(0);
      entry(columns, objective.variable(k), OBJECTIVE, objective.coefficient(k));
    }
    for (Row row : rows) {
      LinearExpression e = row.expression();
      for (int k = 0; k < e.size(); k++) {
        entry(columns, e.variable(k), row.name(), e.coefficient(k));
      }
    }
    out.append("COLUMNS\n");
    boolean isInteger = false;
    int markers = 0;
    for (Variable v : model.variables()) {
      if (v.isIntegral() != isInteger) {
        isInteger = v.isIntegral();
        marker(markers++, isInteger);
      }
      out.append(columns.get(v.index()));
    }
    if (isInteger) {
      marker(markers, false);
    }
  }

  private void entry(List<StringBuilder> columns, int variable, String row, double value) {
    columns
        .get(variable)
        .append("    x")
        .append(variable)
        .append(' ')
        .append(row)
        .append(' ')
        .append(value)
        .append('\n');
  }

  private void marker(int number, boolean begins) {
    out.append("    m")
        .append(number)
        .append(" 'MARKER' ")
        .append(begins ? "'INTORG'" : "'INTEND'")
        .append('\n');
  }

  private void sides() {
    out.append("RHS\n");
    double constant = model.objective().expression().linear().constant();
    if (constant != 0) {
      // The side of the objective is what is taken off it.
      out.append("    rhs ").append(OBJECTIVE).append(' ').append(-constant).append('\n');
    }
    for (Row row : rows) {
      out.append("    rhs ").append(row.name()).append(' ').append(row.side()).append('\n');
    }
  }

  private void bounds() {
    out.append("BOUNDS\n");
    for (Variable v : model.variables()) {
      bound(v, v.lower(), "MI", "LO");
      bound(v, v.upper(), "PL", "UP");
    }
  }

  private void bound(Variable v, double value, String infinite, String finite) {
    boolean isInfinite = Double.isInfinite(value);
    out.append(' ').append(isInfinite ? infinite : finite).append(" bnd ").append(name(v));
    out.append(isInfinite ? "" : " " + value).append('\n');
  }
}
