import type { VNode } from 'preact';

/**
 * The patterns that drawings are filled with. Once a page, outside everything that may be hidden: what is defined in a
 * hidden drawing is not painted in the one that is shown.
 */
export function Patterns(): VNode {
  return (
    <svg class="draw hidden" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="p-due" width="5" height="8" patternUnits="userSpaceOnUse">
          <rect class="f-paper" width="5" height="8" />
          <rect class="f-due" width="3" height="8" />
        </pattern>
        <pattern id="p-warn" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="f-paper" width="6" height="6" />
          <rect class="f-warn" width="3" height="6" />
        </pattern>
        <pattern id="p-absent" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="f-paper" width="7" height="7" />
          <rect class="f-ink-2" width="1.5" height="7" />
        </pattern>
        <pattern id="p-no" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="f-paper" width="5" height="5" />
          <circle class="f-ink-2" cx="1.5" cy="1.5" r="0.9" />
        </pattern>
        <pattern id="p-bad" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="f-bad" width="6" height="6" />
          <rect class="f-paper" width="1.6" height="6" />
        </pattern>
      </defs>
    </svg>
  );
}
