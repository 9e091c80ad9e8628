package dev.crease.tree;

/**
 * A node of the tree that is still open.
 *
 * @param state what is known there
 * @param root of its face
 * @param branch takes what is proved there
 * @param bound no collision of it is nearer than this
 * @param depth splits above it
 * @param number of its making, so that the order is always the same
 */
record Node(State state, FaceRoot root, Branch branch, double bound, int depth, long number)
    implements Comparable<Node> {

  @Override
  public int compareTo(Node other) {
    int byBound = Double.compare(bound, other.bound);
    return byBound != 0 ? byBound : Long.compare(number, other.number);
  }
}
