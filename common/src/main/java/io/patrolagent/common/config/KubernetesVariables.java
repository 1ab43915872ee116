package io.patrolagent.common.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises what Kubernetes puts into every container for a service whose name starts with {@code
 * patrol}.
 *
 * <p>A service {@code patrol-http} gives {@code PATROL_HTTP_PORT=tcp://10.0.0.1:80}, which is not a
 * mistake of the operator and must not be read as the setting of that name. Name and value have to
 * match, so that a typing error in a setting is still found. Source: the Docker-links-compatible
 * and {@code {SVCNAME}_SERVICE_HOST} variables in the Kubernetes documentation of services.
 */
final class KubernetesVariables {

  private static final String SERVICE = "PATROL(?:_[A-Z0-9_]+?)?";
  private static final String ADDRESS =
      "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*";
  private static final String NUMBER = "[0-9]{1,5}";
  private static final String PROTOCOL = "tcp|udp|sctp";
  private static final String URL =
      "(?:" + PROTOCOL + ")://(?:\\[?(?:" + ADDRESS + ")]?):" + NUMBER;

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(SERVICE + "_SERVICE_HOST", ADDRESS),
          new Shape(SERVICE + "_SERVICE_PORT(?:_[A-Z0-9_]+)?", NUMBER),
          new Shape(SERVICE + "_PORT", URL),
          new Shape(SERVICE + "_PORT_[0-9]+_(?:TCP|UDP|SCTP)", URL),
          new Shape(SERVICE + "_PORT_[0-9]+_(?:TCP|UDP|SCTP)_PROTO", PROTOCOL),
          new Shape(SERVICE + "_PORT_[0-9]+_(?:TCP|UDP|SCTP)_PORT", NUMBER),
          new Shape(SERVICE + "_PORT_[0-9]+_(?:TCP|UDP|SCTP)_ADDR", ADDRESS));

  private KubernetesVariables() {}

  static boolean injected(String variable, String value) {
    return SHAPES.stream().anyMatch(shape -> shape.matches(variable, value));
  }

  private record Shape(Pattern variable, Pattern value) {

    Shape(String variable, String value) {
      this(Pattern.compile(variable), Pattern.compile(value));
    }

    boolean matches(String name, String content) {
      return variable.matcher(name).matches() && value.matcher(content).matches();
    }
  }
}
