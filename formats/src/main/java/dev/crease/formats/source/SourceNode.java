package dev.crease.formats.source;

/**
 * A node of a file's graph that a layer was made from.
 *
 * @param operator what the file calls its operator, such as {@code MaxPool}
 * @param name the name that the file gives the node; empty if it gives none
 * @param relus how many ReLUs of the layer are made for it
 */
public record SourceNode(String operator, String name, int relus) {}
