package dev.crease.cli.question;

import dev.crease.bounds.Interval;
import dev.crease.certify.Assurance;
import dev.crease.certify.Claim;
import dev.crease.certify.Note;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.cli.output.Durations;
import dev.crease.cli.output.Numbers;
import dev.crease.question.Query;
import dev.crease.witness.ExactRadius;
import dev.crease.witness.Witness;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Results in words. */
public final class Report {

  private static final int DIGITS = 9;
  private static final String AS_ASKED = " (as far as was asked)";

  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  void radius(Asked asked, RadiusResult result) {
    Query query = result.query();
    out.println(asked.title());
    String label = "  network    ";
    for (Asked.Source source : asked.sources()) {
      out.println(label + source.where());
      label = "  other      ";
    }
    String radius =
        result.holdsEverywhere()
            ? query.isOnWholeSpace() ? "inf" : Numbers.plain(query.maxRadius())
            : Numbers.down(result.certified(), DIGITS);
    out.println("  certified  " + padded(radius) + certified(result));
    result.claimed().ifPresent(claim -> out.println(claimed(claim, query)));
    Optional<Witness> witness = result.witness();
    boolean exact = result.evidence().collision().isPresent();
    if (witness.isPresent()) {
      Witness w = witness.get();
      out.println(
          "  refuted    "
              + padded(Numbers.up(result.refuted().orElseThrow(), DIGITS))
              + by(query, exact));
      out.println("    x   = " + Numbers.point(query.units().point(w.x())));
      out.println("    x'  = " + Numbers.point(query.units().point(w.xPrime())));
      out.println(
          "    ||f(x) - f(x')|| = "
              + (query.noise().isNone()
                  ? Numbers.up(w.residual(), 2)
                  : Numbers.near(w.residual(), 6))
              + ", ||"
              + determined(query)
              + "|| = "
              + Numbers.near(w.separation(), 4));
    } else if (exact) {
      out.println(
          "  refuted    "
              + padded(Numbers.up(result.refuted().orElseThrow(), DIGITS))
              + "by exact collisions, too close together to show in doubles");
    } else {
      out.println("  refuted    " + padded("-") + "no collision is known");
    }
    if (asked.hopeless().isPresent()) {
      out.println("  " + asked.hopeless().get());
    } else {
      exact(result);
    }
    if (coversDomain(result)) {
      out.println("  all of the domain is within that radius of the centre");
    }
    evidence(asked, result);
  }

  /** Whether the certified ball holds the whole domain that cuts it. */
  private static boolean coversDomain(RadiusResult result) {
    Query query = result.query();
    if (query.domain().isEmpty()) {
      return false;
    }
    double[] center = query.units().center();
    double[] scale = query.units().scale();
    double[] corner = new double[center.length];
    for (int j = 0; j < corner.length; j++) {
      Interval side = query.domain().get().get(j);
      corner[j] = Math.max(side.upper() - center[j], center[j] - side.lower()) / scale[j];
    }
    return result.certified() >= query.norm().of(corner) * (1 + 1e-12);
  }

  private static String by(Query query, boolean exact) {
    if (!query.noise().isNone()) {
      return "by points that the noise confuses, as here in doubles:";
    }
    return exact ? "by exact collisions, as here in doubles:" : "by a collision, replayed:";
  }

  private static String determined(Query query) {
    if (query.g().isPresent()) {
      return "g(x) - g(x')";
    }
    return query.units().isScaled() ? "(x - x') / s" : "x - x'";
  }

  /** All that is to be known besides the answer, a line each. */
  public static List<String> notes(Asked asked, RadiusResult result) {
    // Some engines say in other words that the question is hopeless.
    return Stream.concat(
            Stream.concat(asked.hopeless().stream(), asked.notes().stream()),
            result.notes().stream()
                .filter(n -> asked.hopeless().isEmpty() || !(n instanceof Note.NowhereOneToOne))
                .map(Note::text))
        .toList();
  }

  private void exact(RadiusResult result) {
    if (result.assurance() != Assurance.EXACT) {
      return;
    }
    result.evidence().radius().flatMap(Report::exact).ifPresent(out::println);
  }

  private static Optional<String> exact(ExactRadius r) {
    if (!r.isExact()) {
      return r.lower().signum() == 0
          ? Optional.empty()
          : Optional.of("  exactly    at least " + r.decimal().toPlainString() + "...");
    }
    BigDecimal decimal = r.decimal();
    BigDecimal raised = r.squared() ? decimal.multiply(decimal) : decimal;
    boolean whole =
        raised
                .multiply(new BigDecimal(r.lower().getDenominator()))
                .compareTo(new BigDecimal(r.lower().getNumerator()))
            == 0;
    return Optional.of(
        "  exactly    "
            + (r.squared() && !whole ? "the root of a rational, " : "")
            + decimal.toPlainString()
            + (whole ? "" : "..."));
  }

  private void evidence(Asked asked, RadiusResult result) {
    StringBuilder line =
        new StringBuilder("  by " + result.engine() + " (" + result.solver() + ")");
    if (!result.strategy().equals(result.engine())) {
      line.append(", strategy ").append(result.strategy());
    }
    int models = result.statistics().models();
    if (models > 0) {
      line.append(", ").append(models).append(models == 1 ? " model" : " models");
    }
    if (result.statistics().nodes() > 0) {
      line.append(", ").append(result.statistics().nodes()).append(" nodes");
    }
    line.append(", ").append(Durations.show(Duration.ofNanos((long) (result.seconds() * 1e9))));
    out.println(line.append(stopped(result.stop())));
    notes(asked, result).stream()
        .filter(note -> !asked.hopeless().equals(Optional.of(note)))
        .forEach(note -> out.println("  note: " + note));
  }

  private static String stopped(StopReason stop) {
    return switch (stop) {
      case COMPLETE -> "";
      case CLAIMED -> "; closed by the claim alone, which nobody has checked";
      case TIME_LIMIT -> "; stopped at the time limit";
      case INTERRUPTED -> "; interrupted";
      case LIMIT -> "; stopped at a limit of the solver's";
      case FAILED -> "; the solver failed";
    };
  }

  private static String padded(String number) {
    return number + " ".repeat(Math.max(2, 14 - number.length()));
  }

  private static String claimed(Claim claim, Query query) {
    boolean isAll = claim.radius() >= query.maxRadius();
    String radius = isAll ? Numbers.plain(query.maxRadius()) : Numbers.down(claim.radius(), DIGITS);
    String by =
        claim.assurance() == Assurance.SOLVER
            ? ": the word of " + claim.engine() + ", which nobody has checked"
            : "";
    String delta = claim.deltaIsRigorous() ? "" : ", unless " + nearer(query, claim.delta());
    return "  claimed    " + padded(radius) + holds(query) + delta + (isAll ? AS_ASKED : "") + by;
  }

  /** What a radius leaves out: pairs nearer than delta, in what that is measured in. */
  private static String nearer(Query query, double delta) {
    String least = Numbers.near(delta, 3);
    return switch (query.problem()) {
      case LOCAL -> "they are less than " + least + " apart";
      case PSEUDO -> "it is less than " + least + " from it";
      case TRANSFORMATION -> "the second differs by less than " + least;
    };
  }

  /** A line on what a verdict leaves out. */
  static String leftOut(RadiusResult result) {
    if (result.deltaIsRigorous()) {
      return "";
    }
    String least = Numbers.near(result.delta(), 3);
    return result.query().g().isPresent()
        ? ", for outputs of "
            + result.query().g().get().name()
            + " that differ by "
            + least
            + " or more"
        : ", for collisions of points at least " + least + " apart";
  }

  private static String certified(RadiusResult result) {
    if (Double.isInfinite(result.certified())) {
      return "one-to-one on the whole space";
    }
    if (result.certified() == 0) {
      return "nothing is certified";
    }
    String delta =
        result.deltaIsRigorous() ? "" : ", unless " + nearer(result.query(), result.delta());
    return holds(result.query()) + delta + (result.holdsEverywhere() ? AS_ASKED : "");
  }

  /** What a radius says. */
  static String holds(Query query) {
    if (!query.noise().isNone()) {
      return switch (query.problem()) {
        case PSEUDO -> "no point this near that may have the centre's output is further from it";
        case LOCAL -> "no two points of this ball that may share an output are further apart";
        case TRANSFORMATION ->
            "the first output determines the second as well as that on this ball";
      };
    }
    return switch (query.problem()) {
      case PSEUDO -> "no other point this near has the centre's output";
      case LOCAL -> "no two points of this ball share an output";
      case TRANSFORMATION -> "the first output determines the second on this ball";
    };
  }
}
