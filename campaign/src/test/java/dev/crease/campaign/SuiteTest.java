package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Problem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuiteTest {

  private static final Backends TWO =
      new Backends(
          Registries.splitting(),
          List.of(
              new Backends.Backend("splitting", "built in", false, false),
              new Backends.Backend("solver", "1", true, true)));

  private static Instance instance(String id) {
    return Suite.all().stream().filter(i -> i.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void idsAreUniqueAndSayTheFamily() {
    Set<String> seen = new HashSet<>();
    for (Instance instance : Suite.all()) {
      assertTrue(seen.add(instance.id()), instance.id());
      assertTrue(instance.id().startsWith(instance.family() + "/"), instance.id());
    }
  }

  /** Data of different days are compared by them: a change breaks that, and needs another seed. */
  @Test
  void idsAreStable() {
    List<String> ids = Suite.all().stream().map(Instance::id).toList();
    assertEquals(220, ids.size());
    assertTrue(
        ids.containsAll(
            List.of(
                "dynamics/b/pseudo/inf/1.801,1.23",
                "dynamics/b/k3/local/inf/1.801,1.23",
                "dynamics/tau/local/2/1,2",
                "dynamics-4d/cartpole/local/inf/0,0,1,0",
                "dynamics-4d/lorenz96/pseudo/2/1.5,1.5,1.5,1.5",
                "dynamics-4d/50-to-cartpole/inf/0,0,0,0",
                "pruning-calibration/dense-to-40/inf/0.5,0.5/r0.5",
                "pruning-calibration/60-to-dense/inf/-1.5,1/r4",
                "noise/b/pseudo/1/1.801,1.23",
                "noise/random/2-8-8-2/local/inf/0,0",
                "noise/60-to-dense/inf/-1.5,1",
                "residual/d10/h50/r20",
                "scaling/width/2-256-256-2/local/inf",
                "scaling/depth/2-16-16-16-16-2/pseudo/inf",
                "scaling/inputs/4-12-12-4/local/inf")),
        ids.toString());
  }

  @Test
  void radiiThatWereEnumeratedBelongToInstances() {
    Map<String, Truth> known = KnownRadii.read();
    assertFalse(known.isEmpty());
    for (String id : known.keySet()) {
      Instance instance = instance(id);
      assertEquals(Optional.of(known.get(id)), instance.known(), id);
      assertTrue(known.get(id).radius() <= instance.query().maxRadius(), id);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"QUICK", "FULL"})
  void cellsAreUniqueAndOfEveryFamily(Profile profile) {
    List<Cell> cells = Plan.cells(profile, TWO, 0, 1, 1);
    assertEquals(cells.size(), cells.stream().map(Cell::id).collect(Collectors.toSet()).size());
    for (Backends.Backend backend : TWO.all()) {
      assertEquals(
          EnumSet.complementOf(EnumSet.of(Family.SPIKES)),
          cells.stream()
              .filter(c -> c.configuration().backend().equals(backend.id()))
              .map(c -> c.instance().family())
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class))));
    }
    assertEquals(
        EnumSet.allOf(Problem.class),
        cells.stream()
            .map(c -> c.instance().query().problem())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Problem.class))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"QUICK", "FULL"})
  void everyAxisIsWalked(Profile profile) {
    List<Configuration> all =
        Plan.cells(profile, TWO, 0, 1, 1).stream()
            .map(Cell::configuration)
            .filter(c -> c.backend().equals("solver"))
            .toList();
    assertEquals(
        Set.of("direct", "paper", "cones", "fold", "boxes"),
        all.stream().map(Configuration::strategy).collect(Collectors.toSet()));
    assertEquals(
        Set.of("big-m", "indicator", "sos1", "extended", "cuts"),
        all.stream().map(Configuration::encoding).collect(Collectors.toSet()));
    assertEquals(
        Set.of("auto", "interval", "symbolic", "lp"),
        all.stream().map(Configuration::bounds).collect(Collectors.toSet()));
    assertEquals(
        Set.of(1, 2), all.stream().map(Configuration::threads).collect(Collectors.toSet()));
  }

  @Test
  void spikesGoInEveryWayToEverySolver() {
    List<Cell> cells = Plan.cells(Profile.SPIKES, TWO, 200, 1, 1);
    assertEquals(200, cells.size());
    assertEquals(200, cells.stream().map(Cell::id).distinct().count());
    assertEquals(
        20,
        cells.stream()
            .map(Cell::configuration)
            .map(c -> c.strategy() + "/" + c.encoding())
            .distinct()
            .count());
    for (Cell cell : cells) {
      Problem problem = cell.instance().query().problem();
      assertTrue(!cell.configuration().strategy().equals("fold") || problem == Problem.LOCAL);
      double slope = cell.instance().slope().orElseThrow();
      assertTrue(slope >= 7 && slope <= 1e5, cell.id());
    }
    assertEquals(
        Set.of(1, 2), cells.stream().map(c -> c.instance().inputs()).collect(Collectors.toSet()));
  }

  @Test
  void aSpikeIsAsSteepAsItSays() {
    // The steepest step between the corners of the tents, which are where a hidden unit is zero.
    ReluNetwork f = Generators.spikes(5, 1, 300);
    Layer hidden = f.layers().get(0);
    double[] corners = new double[hidden.outputs()];
    Arrays.setAll(corners, i -> -hidden.bias(i) / hidden.weights().row(i)[0]);
    Arrays.sort(corners);
    double steepest = 0;
    for (int i = 1; i < corners.length; i++) {
      double step = corners[i] - corners[i - 1];
      if (step > 1e-9) {
        double rise = f.evaluate(corners[i])[0] - f.evaluate(corners[i - 1])[0];
        steepest = Math.max(steepest, Math.abs(rise / step));
      }
    }
    assertEquals(300, steepest, 2);
  }

  @Test
  void everyRoundHasAllTheCells() {
    List<Cell> once = Plan.cells(Profile.QUICK, TWO, 0, 1, 1);
    List<Cell> rounds = Plan.cells(Profile.QUICK, TWO, 0, 3, 2);
    assertEquals(6 * once.size(), rounds.stream().map(Cell::id).distinct().count());
    assertEquals(
        once.stream().map(Cell::id).toList(),
        rounds.subList(0, once.size()).stream().map(Cell::id).toList());
  }

  @Test
  void generatorsGiveTheSameNetworksEverywhere() {
    assertEquals(
        "eda2386b1a3a14df84b17774eba25687d008e586c153ead83afa7b3df341a1d3",
        NetworkHash.sha256(Generators.spikes(1, 2, 1000)));
    assertEquals(
        "e6d77f918f3d4508611d385e5fc48d0d5f164e56563be1935b3a7ee10e392feb",
        NetworkHash.sha256(Generators.random(1, 2, 8, 8, 2)));
    assertEquals(
        "bbb2471434f1eb627c00a31c3ada941fe30ca7fbcd8718ab7d0af6663435e4b9",
        NetworkHash.sha256(Generators.residual(1, 4, 5)));
    assertEquals(
        "3a85c08fb517784bb4b96948d1260e2588cc499c5d5cf3da52fa68e56716ab84",
        NetworkHash.sha256(instance("dynamics/b/local/inf/1,2.1").query().f()));
  }

  @Test
  void seedsAndShapesGiveOtherNetworks() {
    Set<ReluNetwork> networks =
        new HashSet<>(
            Arrays.asList(
                Generators.random(1, 2, 8, 2),
                Generators.random(2, 2, 8, 2),
                Generators.random(1, 2, 9, 2),
                Generators.residual(1, 4, 5),
                Generators.residual(2, 4, 5)));
    assertEquals(5, networks.size());
  }

  @Test
  void residualBlocksAreInvertibleByConstruction() {
    for (Instance instance : Suite.of(List.of(Family.RESIDUAL))) {
      List<Layer> layers = instance.query().f().layers();
      int d = instance.inputs();
      int hidden = instance.neurons();
      int[] rows = new int[hidden];
      Arrays.setAll(rows, i -> i);
      double w1 = Generators.spectralNorm(layers.get(0).weights().selectRows(rows));
      double[][] down = new double[d][];
      Arrays.setAll(down, i -> Arrays.copyOf(layers.get(1).weights().row(i), hidden));
      double w2 = Generators.spectralNorm(Matrix.of(down));
      assertEquals(Generators.CONTRACTION, w1 * w2, 1e-9);
      assertEquals(instance.query().maxRadius(), instance.known().orElseThrow().radius());
    }
  }
}
