package dev.crease.plots;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** An SVG document, parsed. */
record SvgDocument(Document document) {

  static SvgDocument parse(String svg) {
    try {
      return new SvgDocument(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))));
    } catch (Exception e) {
      throw new AssertionError("not XML", e);
    }
  }

  List<String> texts() {
    return elements(document.getDocumentElement(), "text").stream()
        .map(Element::getTextContent)
        .toList();
  }

  /** The names of the groups. */
  List<String> groups() {
    return elements(document.getDocumentElement(), "g").stream()
        .map(g -> g.getAttribute("id"))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** The paths of a group. */
  List<Element> paths(String group) {
    return elements(document.getDocumentElement(), "g").stream()
        .filter(g -> g.getAttribute("id").equals(group))
        .flatMap(g -> elements(g, "path").stream())
        .toList();
  }

  /** The number of lines and polygons of which a path consists. */
  static long pieces(Element path) {
    return path.getAttribute("d").chars().filter(c -> c == 'm').count();
  }

  static boolean isFilled(Element path) {
    return !path.getAttribute("fill").equals("none");
  }

  private static List<Element> elements(Element root, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList nodes = root.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
