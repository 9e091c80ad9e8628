package dev.crease.tree;

import dev.crease.certify.ProofTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** Makes the value of a tree that was kept and is closed. */
final class Kept {

  private final Ball ball;
  private final int[] first;

  private Kept(Ball ball) {
    this.ball = ball;
    this.first = new int[ball.net().depth()];
    for (int k = 1; k < first.length; k++) {
      first[k] = first[k - 1] + ball.net().width(k - 1);
    }
  }

  /**
   * The value of a tree.
   *
   * @param trees by face, in the order of {@link Face#all}
   * @return nothing where a node is open
   */
  static Optional<ProofTree> of(Ball ball, List<Branch> trees) {
    Kept kept = new Kept(ball);
    List<Face> faces = Face.all(ball);
    List<ProofTree.Face> all = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      Optional<ProofTree.Node> node = kept.node(trees.get(i), new Reads());
      if (node.isEmpty()) {
        return Optional.empty();
      }
      all.add(new ProofTree.Face(faces.get(i).input(), faces.get(i).sign(), node.get()));
    }
    return Optional.of(new ProofTree(ball.radius(), all));
  }

  /**
   * A node, without the bounds that nothing after them reads.
   *
   * @param reads takes what the node reads of what was proved above it
   */
  private Optional<ProofTree.Node> node(Branch branch, Reads reads) {
    Optional<ProofTree.End> end = end(branch.end(), reads);
    if (end.isEmpty()) {
      return Optional.empty();
    }
    List<ProofTree.Step> steps = new ArrayList<>();
    for (int i = branch.steps().size() - 1; i >= 0; i--) {
      Branch.Step step = branch.steps().get(i);
      if (step instanceof Branch.Narrowed narrowed) {
        Goal goal = narrowed.goal();
        if (!reads.take(ball.play(goal.layer(), goal.index()), goal.sign() > 0)) {
          continue;
        }
        reads.addAll(narrowed.proof().reads());
      } else if (step instanceof Branch.Decided decided) {
        reads.addAll(decided.reads());
      }
      steps.add(step(step));
    }
    Collections.reverse(steps);
    return Optional.of(new ProofTree.Node(steps, end.get()));
  }

  private ProofTree.Step step(Branch.Step step) {
    if (step instanceof Branch.Narrowed narrowed) {
      Goal goal = narrowed.goal();
      return new ProofTree.Narrowed(
          first[goal.layer()] + goal.index(), goal.sign() > 0, directions(narrowed.proof()));
    }
    Branch.Decided decided = (Branch.Decided) step;
    return new ProofTree.Decided(
        neuron(decided.neuron()),
        decided.copy(),
        decided.active(),
        decided.proof().map(this::positions));
  }

  private Optional<ProofTree.End> end(Branch.End end, Reads reads) {
    if (end instanceof Branch.NoDirection none) {
      reads.addAll(none.proof().reads());
      return Optional.of(new ProofTree.NoDirection(directions(none.proof())));
    }
    if (end instanceof Branch.NotNear far) {
      reads.addAll(far.proof().reads());
      return Optional.of(new ProofTree.NotNear(positions(far.proof())));
    }
    if (end instanceof Branch.Empty empty) {
      reads.addAll(empty.reads());
      return Optional.of(new ProofTree.Crossed());
    }
    if (end instanceof Branch.Split split) {
      Optional<ProofTree.Node> active = node(split.active(), reads);
      Reads other = new Reads();
      Optional<ProofTree.Node> inactive = node(split.inactive(), other);
      reads.addAll(other);
      return active.isPresent() && inactive.isPresent()
          ? Optional.of(
              new ProofTree.Split(
                  neuron(split.neuron()), split.copy(), active.get(), inactive.get()))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private int neuron(int p) {
    return first[ball.layer(p)] + ball.index(p);
  }

  private ProofTree.Directions directions(DirectionProof proof) {
    return new ProofTree.Directions(list(proof.mu()), left(proof.pass()));
  }

  private ProofTree.Positions positions(PositionProof proof) {
    List<Integer> inputs = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int j = 0; j < proof.input().length; j++) {
      if (proof.input()[j] != 0) {
        inputs.add(j);
        values.add(proof.input()[j]);
      }
    }
    return new ProofTree.Positions(
        list(proof.mu()),
        byNeuron(proof.low()),
        byNeuron(proof.up()),
        left(proof.pair()),
        List.of(byNeuron(proof.above()[0]), byNeuron(proof.above()[1])),
        List.of(left(proof.pass()[0]), left(proof.pass()[1])),
        new ProofTree.Sparse(inputs, values),
        List.of(byInput(proof.inBall()[0]), byInput(proof.inBall()[1])));
  }

  private static ProofTree.Sparse byInput(double[] left) {
    List<Integer> inputs = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int j = 0; j < left.length; j++) {
      if (!Double.isNaN(left[j])) {
        inputs.add(j);
        values.add(left[j]);
      }
    }
    return new ProofTree.Sparse(inputs, values);
  }

  private static List<Double> list(double[] values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  /** Where there is a number, 0 among them. */
  private ProofTree.Sparse left(double[] values) {
    return byNeuron(values, v -> !Double.isNaN(v));
  }

  private ProofTree.Sparse byNeuron(double[] values) {
    return byNeuron(values, v -> v != 0);
  }

  private ProofTree.Sparse byNeuron(double[] values, DoublePredicate isKept) {
    List<Integer> neurons = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    // Neurons in play are in the order of layers, and so increase.
    for (int p = 0; p < values.length; p++) {
      if (isKept.test(values[p])) {
        neurons.add(neuron(p));
        kept.add(values[p]);
      }
    }
    return new ProofTree.Sparse(neurons, kept);
  }
}
