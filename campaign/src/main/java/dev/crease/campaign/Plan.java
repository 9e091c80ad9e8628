package dev.crease.campaign;

import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which cells a profile has: its instances on every backend, with strategy direct and, where auto
 * would choose it, boxes; and on a few of them, one axis at a time, every strategy, encoding, way
 * to bound neurons, and number of threads. Of the spikes each goes to every solver in one way, the
 * next to all of them in the next way, until it is the first one's turn again: strategy by
 * strategy, encoding by encoding.
 */
public final class Plan {

  private static final Set<String> QUICK =
      Set.of(
          "dynamics/b/local/inf/1.801,1.23",
          "dynamics/b/pseudo/inf/1.801,1.23",
          "dynamics/b/pseudo/2/1.801,1.23",
          "dynamics-4d/cartpole/local/inf/0.5,-0.5,0.6,1",
          "dynamics-4d/cartpole/pseudo/inf/0.5,-0.5,0.6,1",
          "pruning-calibration/60-to-dense/inf/0.5,0.5/r0.5",
          "noise/random/2-8-8-2/local/inf/0,0",
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
  private static final String[] SPIKE_STRATEGIES = {"direct", "cones", "fold", "boxes"};
  private static final List<String> SPIKE_ENCODINGS = ReluEncoding.choices().names();
  private static final String[] BOUNDS = {"interval", "symbolic", "lp"};
  private static final int SEVERAL = 2;
  private static final int MOST_BOXED = 3;

  private Plan() {}

  /** How many spikes there are unless somebody says. */
  public static final int SPIKES = 2000;

  /**
   * The instances of a profile.
   *
   * @param spikes how many of them, where the profile has spikes
   */
  public static List<Instance> instances(Profile profile, int spikes) {
    return switch (profile) {
      case QUICK -> Suite.all().stream().filter(i -> QUICK.contains(i.id())).toList();
      case FULL -> Suite.all();
      case SPIKES -> Suite.spikes(spikes);
    };
  }

  /** Whether the true answer is known, or the exact engine is asked for it. */
  public static boolean hasTruth(Instance instance) {
    return instance.known().isPresent() || instance.inputs() <= Truths.MOST_INPUTS;
  }

  /**
   * The cells of a profile, instance by instance; and those with another seed, and once more, after
   * all of the first.
   *
   * @param spikes how many of them, where the profile has spikes
   * @param seeds how many, from 1
   * @param repeats how often with each
   */
  public static List<Cell> cells(
      Profile profile, Backends backends, int spikes, int seeds, int repeats) {
    List<Cell> once =
        profile == Profile.SPIKES ? spikes(backends, spikes) : cells(profile, backends);
    List<Cell> cells = new ArrayList<>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (int seed = Suite.SEED; seed < Suite.SEED + seeds; seed++) {
        for (Cell cell : once) {
          cells.add(cell.again(seed, repeat));
        }
      }
    }
    return cells;
  }

  private static List<Cell> cells(Profile profile, Backends backends) {
    Set<String> axes = profile == Profile.QUICK ? QUICK_AXES : FULL_AXES;
    List<Cell> cells = new ArrayList<>();
    for (Instance instance : instances(profile, 0)) {
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

  /** Engines without a solver have no tolerances that could hide anything. */
  private static List<Cell> spikes(Backends backends, int count) {
    List<Backends.Backend> solvers =
        backends.all().stream().filter(Backends.Backend::isSolver).toList();
    List<Cell> cells = new ArrayList<>();
    for (Instance instance : instances(Profile.SPIKES, count)) {
      int way = cells.size() / Math.max(1, solvers.size());
      String encoding = SPIKE_ENCODINGS.get(way % SPIKE_ENCODINGS.size());
      String[] strategies =
          Arrays.stream(SPIKE_STRATEGIES)
              // A pseudo radius has nothing to do with folds.
              .filter(s -> !s.equals("fold") || instance.query().problem() == Problem.LOCAL)
              .toArray(String[]::new);
      String strategy = strategies[way / SPIKE_ENCODINGS.size() % strategies.length];
      for (Backends.Backend solver : solvers) {
        cells.add(
            new Cell(
                instance,
                Configuration.base(solver).withStrategy(strategy).withEncoding(encoding)));
      }
    }
    return cells;
  }

  /** Whether strategy auto chooses boxes. */
  private static boolean isForBoxes(Instance instance) {
    return instance.query().noise().isNone()
        && instance.inputs() <= MOST_BOXED
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
