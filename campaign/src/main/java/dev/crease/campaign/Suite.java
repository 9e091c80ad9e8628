package dev.crease.campaign;

import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All instances, family by family, each from small to large; and as many spikes as one likes, which
 * are none of them.
 */
public final class Suite {

  /** The seed of every generator and of every solver. */
  public static final int SEED = 1;

  private static final double B = 2.1;
  private static final double TAU = 0.15;
  private static final int PARAMETER = 2;

  /** The network's window reaches no further. */
  private static final double DYNAMICS_REACH = 4;

  /** What a solver can do, and all of the window. */
  private static final double[] PRUNING_REACHES = {0.5, 4};

  /** Two states on the attractor, the fixed point that it surrounds, and one far from it. */
  private static final double[][] B_CENTERS = {{1.801, 1.23}, {0.666, 1.992}, {1, 2.1}, {2.5, 3}};

  private static final double[][] TAU_CENTERS = {{1.801, 1.23}, {1, 2}};
  private static final double[][] PRUNING_CENTERS = {{0.5, 0.5}, {-1.5, 1}};
  private static final int[] SPARSITIES = {40, 50, 60};

  /** Upright, leaning beyond the fold, and just before it in motion. */
  private static final double[][] CARTPOLE_CENTERS = {
    {0, 0, 0, 0}, {0, 0, 1, 0}, {0.5, -0.5, 0.6, 1}
  };

  /** Near the fold, the fixed point that the attractor surrounds, and a state on the attractor. */
  private static final double[][] LORENZ_CENTERS = {
    {1.5, 1.5, 1.5, 2}, {1.5, 1.5, 1.5, 1.5}, {0.73, 1.69, 1.72, -0.03}
  };

  private static final double CARTPOLE_REACH = 1;
  private static final double LORENZ_REACH = 2;
  private static final int[] WIDTHS = {8, 16, 32, 64, 128, 256};
  private static final int MOST_DEPTH = 4;
  private static final int[] NOISY_WIDTHS = {4, 8, 16};
  private static final double EPS = 1e-3;
  private static final int[] INPUTS = {2, 3, 4};
  private static final double LEAST_SLOPE = 7;
  private static final double MOST_SLOPE = 1e5;
  private static final double CENTERS_WITHIN = 0.5;
  private static final Problem[] ON_ITSELF = {Problem.LOCAL, Problem.PSEUDO};

  private final List<Instance> instances = new ArrayList<>();
  private final Map<String, Truth> known = KnownRadii.read();

  private Suite() {}

  /** The instances. */
  public static List<Instance> all() {
    Suite suite = new Suite();
    suite.dynamics();
    suite.dynamics4d();
    suite.pruning();
    suite.noise();
    suite.residual();
    suite.scaling();
    return List.copyOf(suite.instances);
  }

  /** The instances of some families. */
  public static List<Instance> of(List<Family> families) {
    return all().stream().filter(i -> families.contains(i.family())).toList();
  }

  /**
   * The first spikes: with slopes as likely in each decade from 7 to 1e5, one in three of two
   * inputs and the others of one, one in four asked for a pseudo radius and the others for a local
   * one.
   *
   * @param count how many
   */
  public static List<Instance> spikes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Suite::spike).toList();
  }

  private static Instance spike(int number) {
    // Not the numbers that the network is made from.
    Random random = Generators.dispersed(-number);
    int inputs = random.nextInt(3) == 0 ? 2 : 1;
    Problem problem = random.nextInt(4) == 0 ? Problem.PSEUDO : Problem.LOCAL;
    double slope = Generators.logarithmic(random, LEAST_SLOPE, MOST_SLOPE);
    double[] center = random.doubles(inputs, -CENTERS_WITHIN, CENTERS_WITHIN).toArray();
    return new Instance(
        String.join("/", Family.SPIKES.label(), String.valueOf(number), problem.label()),
        Family.SPIKES,
        ask(problem, Generators.spikes(number, inputs, slope), Norm.LINF, center).upTo(1),
        Optional.empty(),
        OptionalDouble.of(slope));
  }

  private void add(String id, Family family, Query query) {
    instances.add(new Instance(family + "/" + id, family, query, Optional.empty()));
  }

  private static Query ask(Problem problem, ReluNetwork f, Norm norm, double... center) {
    return problem == Problem.LOCAL ? Query.local(f, norm, center) : Query.pseudo(f, norm, center);
  }

  private void dynamics() {
    ReluNetwork b = ExampleNetworks.read("brusselator-b").fixInputs(Map.of(PARAMETER, B));
    ReluNetwork tau = ExampleNetworks.read("brusselator-tau").fixInputs(Map.of(PARAMETER, TAU));
    steps("b", b, B_CENTERS);
    steps("tau", tau, TAU_CENTERS);
    for (int k : new int[] {2, 3}) {
      ReluNetwork composed = b.iterate(k).withName(b.name() + "-k" + k);
      for (Problem problem : ON_ITSELF) {
        step("b/k" + k, composed, problem, Norm.LINF, B_CENTERS[0]);
      }
    }
  }

  private void steps(String name, ReluNetwork f, double[][] centers) {
    for (Problem problem : ON_ITSELF) {
      for (Norm norm : new Norm[] {Norm.LINF, Norm.L1, Norm.L2}) {
        for (double[] center : centers) {
          step(name, f, problem, norm, center);
        }
      }
    }
  }

  private void step(String name, ReluNetwork f, Problem problem, Norm norm, double[] center) {
    add(
        String.join("/", name, problem.label(), norm.label(), text(center)),
        Family.DYNAMICS,
        ask(problem, f, norm, center).upTo(DYNAMICS_REACH));
  }

  private void dynamics4d() {
    ReluNetwork cartpole = ExampleNetworks.read("cartpole");
    ReluNetwork pruned = ExampleNetworks.read("cartpole-pruned-50");
    ReluNetwork lorenz = ExampleNetworks.read("lorenz96");
    for (Problem problem : ON_ITSELF) {
      for (Norm norm : new Norm[] {Norm.LINF, Norm.L1, Norm.L2}) {
        for (double[] center : CARTPOLE_CENTERS) {
          in4d(
              "cartpole/" + problem.label(),
              ask(problem, cartpole, norm, center).upTo(CARTPOLE_REACH));
        }
        for (double[] center : LORENZ_CENTERS) {
          in4d(
              "lorenz96/" + problem.label(), ask(problem, lorenz, norm, center).upTo(LORENZ_REACH));
        }
      }
    }
    for (double[] center : CARTPOLE_CENTERS) {
      in4d(
          "cartpole-to-50",
          Query.transformation(cartpole, pruned, Norm.LINF, center).upTo(CARTPOLE_REACH));
      in4d(
          "50-to-cartpole",
          Query.transformation(pruned, cartpole, Norm.LINF, center).upTo(CARTPOLE_REACH));
    }
  }

  private void in4d(String name, Query query) {
    String id =
        String.join(
            "/", Family.DYNAMICS_4D.label(), name, query.norm().label(), text(query.center()));
    instances.add(new Instance(id, Family.DYNAMICS_4D, query, Optional.ofNullable(known.get(id))));
  }

  private void pruning() {
    ReluNetwork dense = ExampleNetworks.read("vanderpol");
    for (int sparsity : SPARSITIES) {
      ReluNetwork pruned = ExampleNetworks.read("vanderpol-pruned-" + sparsity);
      for (double[] center : PRUNING_CENTERS) {
        for (double reach : PRUNING_REACHES) {
          String where = "/inf/" + text(center) + "/r" + text(reach);
          add(
              "dense-to-" + sparsity + where,
              Family.PRUNING,
              Query.transformation(dense, pruned, Norm.LINF, center).upTo(reach));
          add(
              sparsity + "-to-dense" + where,
              Family.PRUNING,
              Query.transformation(pruned, dense, Norm.LINF, center).upTo(reach));
        }
      }
    }
  }

  private void noise() {
    ReluNetwork b = ExampleNetworks.read("brusselator-b").fixInputs(Map.of(PARAMETER, B));
    ReluNetwork dense = ExampleNetworks.read("vanderpol");
    for (Problem problem : ON_ITSELF) {
      for (Norm norm : new Norm[] {Norm.LINF, Norm.L1}) {
        noisy(
            "b/" + problem.label(), ask(problem, b, norm, B_CENTERS[0]).upTo(DYNAMICS_REACH), 0.1);
        for (int k : NOISY_WIDTHS) {
          ReluNetwork f = Generators.random(SEED, 2, k, k, 2);
          noisy(
              "random/" + Generators.shape(2, k, k, 2) + "/" + problem.label(),
              ask(problem, f, norm, 0, 0).upTo(2),
              0.1);
        }
      }
    }
    for (int sparsity : SPARSITIES) {
      ReluNetwork pruned = ExampleNetworks.read("vanderpol-pruned-" + sparsity);
      for (double[] center : PRUNING_CENTERS) {
        noisy(
            sparsity + "-to-dense",
            Query.transformation(pruned, dense, Norm.LINF, center).upTo(3),
            0.05);
      }
    }
  }

  private void noisy(String name, Query query, double within) {
    add(
        String.join("/", name, query.norm().label(), text(query.center())),
        Family.NOISE,
        query.with(new Noise(EPS, within)));
  }

  private void residual() {
    for (int d : new int[] {4, 6, 8, 10}) {
      for (int hidden : new int[] {5, 10, 20, 50}) {
        ReluNetwork f = Generators.residual(SEED, d, hidden);
        for (int r : new int[] {5, 10, 15, 20}) {
          instances.add(
              new Instance(
                  Family.RESIDUAL + "/d" + d + "/h" + hidden + "/r" + r,
                  Family.RESIDUAL,
                  Query.local(f, Norm.LINF, new double[d]).upTo(r),
                  Optional.of(new Truth(r, Truth.CONSTRUCTION))));
        }
      }
    }
  }

  private void scaling() {
    random("line", 1, 10, 10, 1);
    for (int k : WIDTHS) {
      random("width", 2, k, k, 2);
    }
    for (int depth = 1; depth <= MOST_DEPTH; depth++) {
      int[] widths = new int[depth + 2];
      Arrays.fill(widths, 16);
      widths[0] = 2;
      widths[depth + 1] = 2;
      random("depth", widths);
    }
    for (int m : INPUTS) {
      random("inputs", m, 12, 12, m);
    }
  }

  private void random(String axis, int... widths) {
    ReluNetwork f = Generators.random(SEED, widths);
    for (Problem problem : ON_ITSELF) {
      add(
          String.join("/", axis, Generators.shape(widths), problem.label(), Norm.LINF.label()),
          Family.SCALING,
          ask(problem, f, Norm.LINF, new double[widths[0]]));
    }
  }

  private static String text(double... center) {
    return Arrays.stream(center)
        .mapToObj(x -> x == Math.rint(x) ? String.valueOf((long) x) : String.valueOf(x))
        .collect(Collectors.joining(","));
  }
}
