package dev.crease.bench;

import dev.crease.certify.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which cells a profile has: its instances on every backend, with strategy direct and, where auto
 * would choose it, boxes; and on a few of them, one axis at a time, every strategy, encoding, way
 * to bound neurons, and number of threads.
 */
public final class Plan {

  private static final Set<String> QUICK =
      Set.of(
          "dynamics/b/local/inf/1.801,1.23",
          "dynamics/b/pseudo/inf/1.801,1.23",
          "dynamics/b/pseudo/2/1.801,1.23",
          "pruning-calibration/60-to-dense/inf/0.5,0.5/r0.5",
          "residual/d4/h5/r5",
          "residual/d6/h10/r5",
          "scaling/width/2-8-8-2/local/inf",
          "scaling/width/2-8-8-2/pseudo/inf",
          "scaling/inputs/3-12-12-3/pseudo/inf");

  private static final Set<String> QUICK_AXES = Set.of("scaling/width/2-8-8-2/local/inf");

  private static final Set<String> FULL_AXES =
      Set.of(
          "dynamics/b/local/inf/1.801,1.23",
          "dynamics/b/pseudo/inf/1.801,1.23",
          "dynamics/b/pseudo/2/1.801,1.23",
          "pruning-calibration/60-to-dense/inf/0.5,0.5/r0.5",
          "residual/d4/h10/r5",
          "scaling/width/2-16-16-2/local/inf",
          "scaling/width/2-16-16-2/pseudo/inf",
          "scaling/inputs/3-12-12-3/local/inf");

  private static final String[] ENCODINGS = {"indicator", "sos1", "extended", "cuts"};
  private static final String[] BOUNDS = {"interval", "symbolic", "lp"};
  private static final int SEVERAL = 2;
  private static final int MOST_BOXED = 3;

  private Plan() {}

  /** The instances of a profile. */
  public static List<Instance> instances(Profile profile) {
    return switch (profile) {
      case QUICK -> Suite.all().stream().filter(i -> QUICK.contains(i.id())).toList();
      case FULL -> Suite.all();
    };
  }

  /** Whether the true answer is known, or the exact engine is asked for it. */
  public static boolean hasTruth(Instance instance) {
    return instance.known().isPresent() || instance.inputs() <= Truths.MOST_INPUTS;
  }

  /** The cells of a profile, instance by instance. */
  public static List<Cell> cells(Profile profile, Backends backends) {
    Set<String> axes = profile == Profile.QUICK ? QUICK_AXES : FULL_AXES;
    List<Cell> cells = new ArrayList<>();
    for (Instance instance : instances(profile)) {
      for (Backends.Backend backend : backends.all()) {
        Configuration base = Configuration.base(backend);
        cells.add(new Cell(instance, base));
        if (backend.isSolver() && isForBoxes(instance)) {
          cells.add(new Cell(instance, base.withStrategy("boxes")));
        }
        if (backend.isSolver() && axes.contains(instance.id())) {
          variants(base, instance.query().problem(), backend.threads())
              .forEach(variant -> cells.add(new Cell(instance, variant)));
        }
      }
    }
    return cells;
  }

  /** Whether strategy auto chooses boxes. */
  private static boolean isForBoxes(Instance instance) {
    return instance.inputs() <= MOST_BOXED
        && instance.inputs() <= instance.query().f().outputs()
        && instance.query().shared().isEmpty();
  }

  private static List<Configuration> variants(
      Configuration base, Problem problem, boolean threads) {
    List<Configuration> variants = new ArrayList<>();
    // Its bounds and encoding are those of the paper, whatever is asked for.
    variants.add(base.withStrategy("paper").withBounds("interval"));
    if (problem != Problem.TRANSFORMATION) {
      variants.add(base.withStrategy("cones"));
    }
    if (problem == Problem.LOCAL) {
      variants.add(base.withStrategy("fold"));
    }
    for (String encoding : ENCODINGS) {
      variants.add(base.withEncoding(encoding));
    }
    for (String bounds : BOUNDS) {
      variants.add(base.withBounds(bounds));
    }
    if (threads) {
      variants.add(base.withThreads(SEVERAL));
    }
    return variants;
  }
}
