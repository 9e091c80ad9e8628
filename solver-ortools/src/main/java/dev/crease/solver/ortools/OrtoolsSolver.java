package dev.crease.solver.ortools;

import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.guard.ReservedParameters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the backends that go through OR-Tools' JNI library share. */
abstract class OrtoolsSolver implements MipSolver {

  private static final Pattern ONE_VALUE =
      Pattern.compile("[^\\s\\p{Cntrl}\"#]+|\"[^\\p{Cntrl}\"\\\\]*\"");

  private final Natives natives;
  private final String id;
  private final String name;
  private final Capabilities capabilities;
  private final Optional<ReservedParameters> reserved;

  /**
   * A backend.
   *
   * @param reserved the parameters that are not the user's; empty if it takes none at all
   */
  OrtoolsSolver(
      Natives natives,
      String id,
      String name,
      Capabilities capabilities,
      Optional<ReservedParameters> reserved) {
    this.natives = natives;
    this.id = id;
    this.name = name;
    this.capabilities = capabilities;
    this.reserved = reserved;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String version() {
    return name + " (OR-Tools " + Natives.ortoolsVersion() + ")";
  }

  @Override
  public final Availability availability() {
    return natives.availability();
  }

  @Override
  public final Capabilities capabilities() {
    return capabilities;
  }

  /** Loads OR-Tools. */
  final void load() {
    natives.load();
  }

  @Override
  public final SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    capabilities.require(id, model);
    refuse(options.parameters().keySet());
    natives.load();
    return run(model, options, System.nanoTime());
  }

  private void refuse(Set<String> parameters) {
    if (reserved.isEmpty() && !parameters.isEmpty()) {
      throw new BadInput("solver " + id + " takes no parameters of its own, not " + parameters);
    }
    reserved.ifPresent(r -> r.refuse(parameters));
  }

  abstract SolveResult run(Model model, SolveOptions options, long start);

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A time limit in seconds that every solver takes for a limit. */
  static double seconds(Duration limit) {
    return Math.max(1e-3, limit.toNanos() / 1e9);
  }

  /**
   * Parameters as text, one a line, in the order of their names; the user's own win.
   *
   * @throws BadInput if a value of the user's is more than one: what follows it would be a further
   *     parameter
   */
  static String lines(Map<String, String> ours, Map<String, String> users, String separator) {
    users.forEach(
        (name, value) -> {
          if (!ONE_VALUE.matcher(value).matches()) {
            throw new BadInput(
                "parameter "
                    + name
                    + " cannot be '"
                    + value.replaceAll("\\p{Cntrl}", " ")
                    + "': give one number, one word or one \"text\"");
          }
        });
    Map<String, String> all = new TreeMap<>(ours);
    all.putAll(users);
    return all.entrySet().stream()
        .map(e -> e.getKey() + separator + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** The bound that an optimum proves when the solver stopped at a relative and an absolute gap. */
  static double boundOfOptimum(Model model, SolveOptions options, double objective) {
    double room =
        Math.max(
            options.tolerances().absoluteGap(),
            options.tolerances().relativeGap() * Math.abs(objective));
    return model.objective().isMinimize() ? objective - room : objective + room;
  }

  /** The worse of two bounds, so that neither is trusted further than the other. */
  static double weaker(Model model, double first, double second) {
    return model.objective().isMinimize() ? Math.min(first, second) : Math.max(first, second);
  }
}
