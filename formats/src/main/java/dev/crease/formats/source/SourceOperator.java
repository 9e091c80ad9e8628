package dev.crease.formats.source;

/**
 * An operator that a file uses, and what became of it.
 *
 * @param name what the file calls it, such as {@code MaxPool}
 * @param nodes how many nodes of it the output depends on
 * @param relus how many ReLUs of the network are made for them
 */
public record SourceOperator(String name, int nodes, int relus) {}
