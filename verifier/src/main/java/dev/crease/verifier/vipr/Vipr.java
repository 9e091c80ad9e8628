package dev.crease.verifier.vipr;

import dev.crease.Unsupported;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.proof.Multipliers;
import dev.crease.verifier.proof.Node;
import dev.crease.verifier.tree.Scribe;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as a VIPR proof that {@code t} is at most 0; the package says how.
 *
 * <p>At every node {@code -t >= 0} is derived, under the assumptions of the splits above it. A
 * phase that is decided is a split one of whose children has ended at once.
 */
public final class Vipr implements Scribe {

  /** The radius of the program is less than that of the claim by this part of it. */
  static final double LESS = 0x1p-40;

  private final Layers net;
  private final Ball ball;
  private final ViprProblem problem;
  private final ViprFile file;
  private final ViprProofs proofs;
  private final Facts everywhere;
  private final Row[] faces;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable Row face;
  private int faceIndex;

  /** A node that is being written: a root, or the child of a split. */
  private static final class Open {

    private final Facts facts;
    private @Nullable Node node;
    private int h;
    private int copy;
    private final List<Row> children = new ArrayList<>();

    Open(Facts facts) {
      this.facts = facts;
    }
  }

  private Vipr(Path path, Layers net, Ball ball, double radius) {
    this.net = net;
    this.ball = ball;
    this.problem = new ViprProblem(net, ball, radius);
    this.file = new ViprFile(path, problem);
    this.proofs = new ViprProofs(net, ball, problem, file);
    this.everywhere = new Facts(net.neurons());
    this.faces = new Row[problem.faces.size()];
  }

  /** For a ball of the norm 1 or inf; the claim is a positive number. */
  public static Vipr to(Path path, Layers net, Ball ball, double claim) {
    return new Vipr(path, net, ball, Math.nextDown(claim * (1 - LESS)));
  }

  @Override
  public void begins(double[][][] positions) {
    proofs.positions(everywhere, new Node(net, ball, positions, 0, 1));
  }

  @Override
  public void face(Node root) {
    faceIndex = problem.faces.indexOf(new ViprProblem.Face(root.input, root.sign));
    face = proofs.face(faceIndex);
    Facts facts = new Facts(everywhere);
    proofs.root(facts, root, face);
    open.addLast(new Open(facts));
  }

  /** What holds at the node, which has not ended; else null. */
  private @Nullable Facts facts() {
    Facts facts = open.getLast().facts;
    return facts.end == null ? facts : null;
  }

  @Override
  public void narrow(Node node, int h, int sign, Multipliers by, double bound) {
    Facts facts = facts();
    if (facts != null && bound > (sign > 0 ? node.l[h] : -node.u[h])) {
      Row row = proofs.narrowed(facts, node, face, net.depth() - 1, h, sign, by, bound);
      (sign > 0 ? facts.l : facts.u)[h] = row;
      proofs.cross(facts, h, sign > 0 ? bound : node.l[h], sign > 0 ? node.u[h] : -bound);
    }
  }

  @Override
  public void decide(Node node, int h, int copy, boolean active, Multipliers by) {
    Facts facts = facts();
    if (facts != null) {
      requireRelu(h);
      Facts other = new Facts(facts);
      proofs.assume(other, node, h, copy, !active);
      Row end = other.end;
      if (end == null) {
        Node otherNode = node.copy();
        otherNode.decide(h, copy, !active);
        end = proofs.near(other, otherNode, face, by);
      }
      int phase = problem.p[copy][h];
      facts.decided.add(
          new Facts.Decided(end, proofs.assumed(phase, !active), proofs.assumed(phase, active)));
      proofs.assume(facts, node, h, copy, active);
    }
  }

  private void requireRelu(int h) {
    if (!net.relu[h]) {
      throw new Unsupported("--vipr: neuron " + h + " is no ReLU, and VIPR has no cases for it");
    }
  }

  @Override
  public void direction(Node node, Multipliers by) {
    Facts facts = facts();
    if (facts != null) {
      facts.end = proofs.direction(facts, node, face, by);
    }
  }

  @Override
  public void near(Node node, Multipliers by) {
    Facts facts = facts();
    if (facts != null) {
      facts.end = proofs.near(facts, node, face, by);
    }
  }

  @Override
  public void split(Node node, int h, int copy) {
    Open split = open.getLast();
    split.node = node;
    split.h = h;
    split.copy = copy;
    child(split, true);
  }

  private void child(Open split, boolean isActive) {
    Facts facts = new Facts(split.facts);
    if (facts.end == null) {
      requireRelu(split.h);
      proofs.assume(facts, split.node, split.h, split.copy, isActive);
    }
    open.addLast(new Open(facts));
  }

  @Override
  public void turns() {
    Row end = ended();
    open.getLast().children.add(end);
    child(open.getLast(), false);
  }

  @Override
  public void joins() {
    Row inactive = ended();
    Open split = open.getLast();
    if (split.facts.end == null) {
      Row no = proofs.assumed(problem.p[split.copy][split.h], false);
      Row yes = proofs.assumed(problem.p[split.copy][split.h], true);
      split.facts.end = proofs.either(inactive, no, split.children.get(0), yes);
    }
  }

  @Override
  public void faceEnds() {
    faces[faceIndex] = ended();
  }

  /** That {@code t} is not positive at the node, whatever was decided there. */
  private Row ended() {
    Facts facts = open.removeLast().facts;
    Row end = facts.end;
    for (int i = facts.decided.size() - 1; i >= 0; i--) {
      Facts.Decided decided = facts.decided.get(i);
      end = proofs.either(decided.end(), decided.other(), end, decided.that());
    }
    return end;
  }

  @Override
  public void ends() {
    proofs.ends(faces);
  }

  @Override
  public void close() {
    file.close();
  }
}
