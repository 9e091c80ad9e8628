package dev.crease.verifier.tree;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.crease.network.ReluNetwork;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.proof.Multipliers;
import dev.crease.verifier.proof.Node;
import dev.crease.verifier.proof.Proofs;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks a tree while it is read: in memory are the bounds on the way to the node, no more. */
public final class TreeCheck {

  /** Twice as many neurons as a tree could have in play and be finished, by far. */
  private static final int MOST_DEPTH = 1000;

  /** How deep the JSON of a tree may be nested. */
  public static final int MOST_NESTING = 2 * MOST_DEPTH + 20;

  private final Layers net;
  private final Ball ball;
  private final double claim;
  private final Progress progress;
  private final Proofs proofs;
  private final Reader reader;
  private final Scribe scribe;
  private final long products;
  private double radius;
  private long leaves;
  private long steps;

  /** Is told how far the check has come; may throw what ends it. */
  @FunctionalInterface
  public interface Progress {

    /**
     * About to multiply.
     *
     * @param stage what is being checked, in a few words
     * @param products how many products come next, at most
     */
    void at(String stage, long products);
  }

  /**
   * What a tree proves.
   *
   * @param radius no collision is nearer
   * @param leaves ends of nodes other than splits
   * @param steps all steps but splits
   */
  public record Result(double radius, long leaves, long steps) {}

  private TreeCheck(
      JsonParser json, Layers net, Ball ball, double claim, Progress progress, Scribe scribe) {
    this.net = net;
    this.ball = ball;
    this.claim = claim;
    this.progress = progress;
    this.proofs = new Proofs(net, ball);
    this.reader = new Reader(json);
    this.scribe = scribe;
    long weights = 0;
    for (int k = 0; k < net.depth(); k++) {
      weights += (long) net.bias[k].length * net.weights[k][0].length;
    }
    this.products = weights;
    this.radius = ball.radius;
  }

  /**
   * Checks a tree.
   *
   * @param json about to give the list of faces; left behind its end
   * @param claim the radius to be proved, a positive number
   * @param scribes makes what writes the same proof down; that is of no use if this does not return
   * @throws NotProved if it does not prove the claim
   * @throws dev.crease.BadInput if it is not written as a tree is
   * @throws dev.crease.Unsupported if it cannot be written down
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  public static Result check(
      JsonParser json,
      ReluNetwork f,
      Ball ball,
      double claim,
      Progress progress,
      Scribe.Maker scribes)
      throws IOException {
    Layers net = new Layers(f);
    TreeCheck check;
    try (Scribe scribe = scribes.of(net, ball, claim)) {
      check = new TreeCheck(json, net, ball, claim, progress, scribe);
      check.faces();
      scribe.ends();
    }
    return new Result(check.radius, check.leaves, check.steps);
  }

  private void faces() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (int j = 0; j < net.inputs(); j++) {
      if (!ball.shared[j]) {
        missing.add(face(j, 1));
        if (ball.isPseudo) {
          missing.add(face(j, -1));
        }
      }
    }
    progress.at("bounds of the tree", net.neurons() * products);
    double[][][] positions = proofs.positions();
    scribe.begins(positions);
    reader.beginsList();
    for (int i = 0; reader.hasNext(JsonToken.END_ARRAY); i++) {
      reader.enter("lower.faces[" + i + "]");
      reader.beginsObject();
      reader.named("input");
      int input = reader.index(net.inputs(), "input");
      reader.named("sign");
      int sign = reader.integer();
      if (!missing.remove(face(input, sign))) {
        throw reader.refused("is " + face(input, sign) + ", there before or not asked for");
      }
      reader.named("node");
      progress.at("bounds of the tree", net.neurons() * products);
      Node root = proofs.root(positions, input, sign);
      scribe.face(root);
      reader.leave();
      reader.enter("lower.faces[" + i + "].node");
      nodes(root);
      scribe.faceEnds();
      reader.leave();
      reader.ends();
    }
    if (!missing.isEmpty()) {
      throw reader.refused("have no face of " + missing.iterator().next());
    }
  }

  private static String face(int input, int sign) {
    return "input " + input + ", sign " + sign;
  }

  /** A node that is being read, and the other child of its split where that is still to come. */
  private static final class Open {

    private final Node node;
    private final @Nullable Node other;
    private boolean isEnded;

    Open(Node node, @Nullable Node other) {
      this.node = node;
      this.other = other;
    }
  }

  /** All nodes below a face, each when it is met: no deeper in calls than in the file. */
  private void nodes(Node root) throws IOException {
    Deque<Open> open = new ArrayDeque<>(List.of(new Open(root, null)));
    reader.beginsList();
    while (!open.isEmpty()) {
      Open here = open.getLast();
      if (reader.hasNext(JsonToken.END_ARRAY)) {
        reader.step();
        if (here.isEnded) {
          throw reader.bad("comes after the end of its node");
        }
        reader.beginsObject();
        String kind = reader.name();
        here.isEnded = !Set.of("least", "most", "active", "inactive").contains(kind);
        if (kind.equals("split")) {
          open.addLast(split(here.node));
        } else {
          step(here.node, kind, here.isEnded);
        }
      } else if (!here.isEnded) {
        throw reader.refused("does not end the node");
      } else {
        open.removeLast();
        if (here.other != null) {
          scribe.turns();
          reader.turn("active", "inactive");
          open.addLast(new Open(here.other, null));
        } else if (!open.isEmpty()) {
          scribe.joins();
          reader.leave();
          reader.ends();
        }
      }
    }
  }

  private void step(Node node, String kind, boolean isEnd) throws IOException {
    steps++;
    leaves += isEnd ? 1 : 0;
    progress.at("tree, " + leaves + " leaves", 2 * products);
    switch (kind) {
      case "least", "most" -> narrow(node, kind.equals("least") ? 1 : -1);
      case "active", "inactive" -> decide(node, kind.equals("active"));
      case "direction" -> {
        Multipliers by = multipliers(false);
        if (!node.isEmpty() && !(proofs.directions(node, by) > 0)) {
          throw reader.refused("does not prove that no direction is left");
        }
        scribe.direction(node, by);
        reader.ends();
      }
      case "near" -> {
        Multipliers by = multipliers(true);
        near(node, by);
        scribe.near(node, by);
        reader.ends();
      }
      case "empty" -> {
        if (!reader.isTrue()) {
          throw reader.bad("is to be {\"empty\": true}");
        }
        if (!node.isEmpty()) {
          throw reader.refused("says that bounds have crossed, which they have not");
        }
        reader.ends();
      }
      default -> throw reader.unknown(kind);
    }
  }

  private void narrow(Node node, int sign) throws IOException {
    int h = reader.index(net.neurons(), "neuron");
    reader.named("by");
    Multipliers by = multipliers(false);
    reader.ends();
    if (!node.isEmpty()) {
      double bound = proofs.directions(node, by, h, sign);
      if (Double.isNaN(bound)) {
        throw reader.refused("has numbers that overflow");
      }
      scribe.narrow(node, h, sign, by, bound);
      node.narrow(h, sign > 0 ? bound : node.l[h], sign > 0 ? node.u[h] : -bound);
    }
  }

  private void decide(Node node, boolean active) throws IOException {
    int h = reader.index(net.neurons(), "neuron");
    reader.named("copy");
    int copy = reader.index(2, "copy");
    Node other = node.copy();
    other.decide(h, copy, !active);
    Multipliers by = Multipliers.none(net);
    if (reader.has("by")) {
      by = multipliers(true);
      near(other, by);
      reader.ends();
    } else if (!other.isEmpty()) {
      throw reader.refused("has no proof, and bounds do not cross without");
    }
    scribe.decide(node, h, copy, active, by);
    node.decide(h, copy, active);
  }

  private void near(Node node, Multipliers by) {
    if (!node.isEmpty()) {
      double proved = proofs.positions(node, by).radius();
      if (!(proved >= claim)) {
        throw reader.refused(
            "proves no radius beyond " + proved + ", but " + claim + " is claimed");
      }
      radius = Math.min(radius, proved);
    }
  }

  /** The first child; of the second it is known what holds. */
  private Open split(Node node) throws IOException {
    int h = reader.index(net.neurons(), "neuron");
    reader.named("copy");
    int copy = reader.index(2, "copy");
    if (reader.depth() > MOST_DEPTH) {
      throw reader.bad("is below more than " + MOST_DEPTH + " splits");
    }
    scribe.split(node, h, copy);
    Node active = node.copy();
    active.decide(h, copy, true);
    Node inactive = node.copy();
    inactive.decide(h, copy, false);
    reader.named("active");
    reader.enter("split " + h + " of copy " + copy + ", active");
    reader.beginsList();
    return new Open(active, inactive);
  }

  /** The numbers of a proof about positions, or about directions. */
  private Multipliers multipliers(boolean ofPositions) throws IOException {
    Multipliers by = Multipliers.none(net);
    boolean hasMu = false;
    reader.opensObject();
    while (reader.hasNext(JsonToken.END_OBJECT)) {
      String name = reader.current();
      hasMu |= name.equals("mu");
      switch ((ofPositions ? "near " : "direction ") + name) {
        case "near mu", "direction mu" -> reader.numbers(by.mu(), "mu");
        case "direction pass" -> reader.sparse(by.pass()[0], "neuron", true);
        case "near pair" -> reader.sparse(by.pair(), "neuron", true);
        case "near low" -> reader.sparse(by.low(), "neuron", false);
        case "near up" -> reader.sparse(by.up(), "neuron", false);
        case "near above" -> reader.byCopy(by.above(), "neuron", false);
        case "near pass" -> reader.byCopy(by.pass(), "neuron", true);
        case "near input" -> reader.sparse(by.inputs(), "input", true);
        case "near ball" -> reader.byCopy(by.ball(), "input", true);
        default -> throw reader.unknown(name);
      }
    }
    if (!hasMu) {
      throw reader.bad("has a proof without mu");
    }
    return by;
  }
}
