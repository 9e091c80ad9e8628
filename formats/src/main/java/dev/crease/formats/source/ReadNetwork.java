package dev.crease.formats.source;

import dev.crease.network.ReluNetwork;
import java.util.List;

/**
 * A network as it was read from a file, and what a careful user should know about the reading.
 *
 * @param network the network, named after the file without its extension
 * @param notes one line for each place where the network differs from the exact real numbers that
 *     the file holds, or from what the file's format could suggest; empty for most files
 * @param operators the operators of a file that is a graph, in the order in which they first stand;
 *     empty for files that hold layers
 * @param sources by layer of the network, the nodes that it was made from, in the order of the
 *     graph; a node that takes several layers stands in each, and one that makes constants in none;
 *     empty for files that hold layers
 */
public record ReadNetwork(
    ReluNetwork network,
    List<String> notes,
    List<SourceOperator> operators,
    List<List<SourceNode>> sources) {

  /** Copies the lists. */
  public ReadNetwork {
    notes = List.copyOf(notes);
    operators = List.copyOf(operators);
    sources = sources.stream().map(List::copyOf).toList();
  }

  /** A network of a file that holds layers. */
  public ReadNetwork(ReluNetwork network, List<String> notes) {
    this(network, notes, List.of(), List.of());
  }
}
