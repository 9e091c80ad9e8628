package dev.crease.certify;

import java.util.List;
import java.util.Optional;

/**
 * A proof tree as a value, from which anybody can compute the radius that it proves; {@code
 * docs/trees.md} says how. Neurons count through all layers of the network of the question.
 *
 * @param ball the radius of the ball that its bounds hold on
 * @param faces a tree for each face of the unit ball of directions
 */
public record ProofTree(double ball, List<Face> faces) {

  /** Copies the list. */
  public ProofTree {
    faces = List.copyOf(faces);
  }

  /**
   * The tree of one face.
   *
   * @param input the input that differs most
   * @param sign 1 or -1
   * @param node the root
   */
  public record Face(int input, int sign, Node node) {}

  /**
   * What is proved at a node, in order, and how it ends.
   *
   * @param steps for all that follows there and below
   * @param end how it ends
   */
  public record Node(List<Step> steps, End end) {

    /** Copies the list. */
    public Node {
      steps = List.copyOf(steps);
    }
  }

  /** Something proved at a node. */
  public sealed interface Step permits Narrowed, Decided {}

  /**
   * The difference of a neuron is bounded.
   *
   * @param isLeast whether from below
   */
  public record Narrowed(int neuron, boolean isLeast, Directions by) implements Step {}

  /**
   * The phase of a copy's neuron is decided.
   *
   * @param by about the other phase; empty where bounds cross at once
   */
  public record Decided(int neuron, int copy, boolean isActive, Optional<Positions> by)
      implements Step {}

  /** How a node ends. */
  public sealed interface End permits NoDirection, NotNear, Crossed, Split {}

  /** No direction is left. */
  public record NoDirection(Directions by) implements End {}

  /** No collision is near. */
  public record NotNear(Positions by) implements End {}

  /** Bounds have crossed. */
  public record Crossed() implements End {}

  /** By the phase of a copy's neuron. */
  public record Split(int neuron, int copy, Node active, Node inactive) implements End {}

  /**
   * Numbers by index, few of them not 0.
   *
   * @param index increasing
   * @param value none of them 0
   */
  public record Sparse(List<Integer> index, List<Double> value) {

    /** Copies the lists. */
    public Sparse {
      index = List.copyOf(index);
      value = List.copyOf(value);
    }
  }

  /**
   * A proof about directions.
   *
   * @param mu by output
   * @param pass by neuron
   */
  public record Directions(List<Double> mu, Sparse pass) {

    /** Copies the list. */
    public Directions {
      mu = List.copyOf(mu);
    }
  }

  /**
   * A proof about positions.
   *
   * @param mu by output
   * @param low by neuron
   * @param up by neuron
   * @param pair by neuron
   * @param above by copy and neuron
   * @param pass by copy and neuron
   * @param input by input
   * @param inBall by copy and input
   */
  public record Positions(
      List<Double> mu,
      Sparse low,
      Sparse up,
      Sparse pair,
      List<Sparse> above,
      List<Sparse> pass,
      Sparse input,
      List<Sparse> inBall) {

    /** Copies the lists. */
    public Positions {
      mu = List.copyOf(mu);
      above = List.copyOf(above);
      pass = List.copyOf(pass);
      inBall = List.copyOf(inBall);
    }
  }
}
