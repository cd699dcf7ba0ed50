"""Words with which the parts of a portal's page begin that are not the article."""

BOILERPLATE = (
    "tin cùng chuyên mục", "tin liên quan", "các tin liên quan", "bài liên quan", "bài viết liên quan", "tin khác",
    "các tin khác", "tin tức khác", "các bài khác", "tin mới", "tin đọc nhiều", "đọc nhiều", "xem nhiều", "mới nhất",
    "tin nổi bật", "nổi bật", "phản hồi", "bình luận", "ý kiến bạn đọc", "ý kiến của bạn", "gửi bình luận",
    "thư viện ảnh", "thư viện video", "liên kết website", "liên kết web", "liên kết", "chia sẻ", "từ khóa",
    "tags", "danh mục", "chuyên mục", "trang chủ", "menu", "đăng nhập", "quảng cáo", "thống kê truy cập",
    "lượt truy cập", "bản quyền", "xem thêm", "tin cũ hơn", "tin mới hơn", "video", "in bài", "gửi email",
    "đường dây nóng", "đang trực tuyến", "đang truy cập", "địa chỉ:", "điện thoại:", "giấy phép số", "lượt xem", "hotline",
)  # fmt: skip
"""In lower case with the new tone placement; a block of a page that begins with one is pruned or marked."""
