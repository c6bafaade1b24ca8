ALTER TABLE `targets` ADD `watch_since` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `watch_until` integer;--> statement-breakpoint
ALTER TABLE `targets` ADD `watch_for` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `overtaken` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `note` text;